/// A header field that says of a message that it is spam: `X-Spam: Yes`.
package struct JunkHeader: Sendable, Equatable, CustomStringConvertible {
    package static let standard = ["X-Spam: Yes", "X-Spam-Flag: YES"].compactMap(JunkHeader.init)

    package let name: String
    /// How its value begins, whatever the case: "Yes" is also in "yes, score=17".
    package let value: String

    package init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        name = String(text[..<colon])
        value = text[text.index(after: colon)...].split(separator: " ").joined(separator: " ")
        guard !value.isEmpty, HeaderField(name: Array(name.utf8), value: [], isSpaced: false) != nil else { return nil }
    }

    package var description: String { "\(name): \(value)" }

    package func matches(_ field: HeaderField) -> Bool {
        guard field.isNamed(name.utf8) else { return false }
        let shown = field.value(isSpaced: true).drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a }
        let wanted = value.utf8
        guard zip(shown, wanted).allSatisfy({ Self.lowercased($0) == Self.lowercased($1) }), shown.count >= wanted.count
        else {
            return false
        }
        return shown.dropFirst(wanted.count).first.map { !Self.isWord($0) } ?? true
    }

    private static func lowercased(_ octet: UInt8) -> UInt8 { (0x41...0x5a).contains(octet) ? octet | 0x20 : octet }
    private static func isWord(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x61...0x7a).contains(lowercased(octet))
    }
}

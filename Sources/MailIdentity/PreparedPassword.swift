import MailCrypto
@_spi(_Unicode) import Swift

/// A password in the form that hashes and SCRAM see, by the profile OpaqueString (RFC 8265 §4.2), which has taken SASLprep's place:
/// UTF-8 is checked, control characters are refused, other spaces become spaces, and letters are composed (NFC), so that every
/// keyboard's "å" is the same.
package struct PreparedPassword: Sendable, Equatable {
    /// crypt(3) gets no more: old formats cost quadratic time in the length (CVE-2016-20013).
    package static let maximumLength = PasswordHash.longestPassword

    package let bytes: [UInt8]
    /// As it was typed, where composing has changed it: a hash from elsewhere may be of that.
    private let uncomposed: [UInt8]?

    /// What a stored hash may be of, the likelier one first.
    var spellings: [[UInt8]] { [bytes] + (uncomposed.map { [$0] } ?? []) }

    /// Nil when empty, too long, not UTF-8, or with control characters.
    package init?(_ raw: [UInt8]) {
        guard (1...Self.maximumLength).contains(raw.count) else { return nil }
        if raw.allSatisfy({ (0x20...0x7e).contains($0) }) {
            (bytes, uncomposed) = (raw, nil)
            return
        }
        guard let text = String(validating: raw, as: UTF8.self) else { return nil }
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else { return nil }
        let mapped = Self.mapped(text)
        bytes = Self.composed(mapped)
        // Some letters are longer when they are composed.
        guard bytes.count <= Self.maximumLength else { return nil }
        uncomposed = Array(mapped.utf8) == bytes ? nil : Array(mapped.utf8)
    }

    private static func mapped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            // RFC 3454 table C.1.2: spaces that are not ASCII
            result.append(scalar.properties.generalCategory == .spaceSeparator ? " " : scalar)
        }
        return String(result)
    }

    private static func composed(_ text: String) -> [UInt8] {
        var result = String.UnicodeScalarView()
        for scalar in text._nfc { result.append(scalar) }
        return Array(String(result).utf8)
    }
}

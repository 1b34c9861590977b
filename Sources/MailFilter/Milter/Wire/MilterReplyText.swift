/// A reply of the filter's own making, as SMTP will send it.
package struct MilterReplyText: Sendable, Equatable {
    package static let mostLines = 32
    package static let longestLine = 480

    package let code: Int
    /// "5.7.1"; empty where the filter gives none that fits.
    package let status: String
    package let text: String

    package init(code: Int, status: String, text: String) {
        self.code = code
        self.status = status
        self.text = text
    }

    /// `550 5.7.1 Text`, or such lines with a hyphen behind the code in all but the last. Nil for what is no refusal.
    init?(_ data: [UInt8]) {
        var reader = MilterReader(data)
        guard let bytes = reader.lastString() else { return nil }
        let lines = bytes.split(whereSeparator: { $0 == 0x0d || $0 == 0x0a }).prefix(Self.mostLines)
        guard let first = lines.first, let code = Self.code(first) else { return nil }
        let words = lines.map { Self.clean($0.dropFirst(4)) }
        self.code = code
        let status = Self.status(words.first ?? "", code) ?? ""
        self.status = status
        text = words.map { Self.withoutStatus($0, status) }.joined(separator: " ")
    }

    private static func code(_ line: ArraySlice<UInt8>) -> Int? {
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let behind = line.dropFirst(3).first
        guard behind == nil || behind == 0x20 || behind == 0x2d else { return nil }
        let code = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return (400...599).contains(code) ? code : nil
    }

    /// RFC 3463 §2: class, subject and detail; the class is that of the code.
    private static func status(_ words: String, _ code: Int) -> String? {
        guard let first = words.split(separator: " ").first else { return nil }
        let parts = first.split(separator: ".", omittingEmptySubsequences: false)
        let isStatus =
            parts.count == 3 && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(\.isASCIIDigit) }
        return isStatus && parts[0] == "\(code / 100)" ? String(first) : nil
    }

    private static func withoutStatus(_ words: String, _ status: String) -> String {
        guard !status.isEmpty, words.hasPrefix(status) else { return words }
        return String(words.dropFirst(status.count).drop { $0 == " " })
    }

    /// Filters double the per cent sign for Sendmail, which takes the text for a format.
    private static func clean(_ line: ArraySlice<UInt8>) -> String {
        let printable = line.prefix(longestLine).map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: "?") }
        var isKept = false
        return String(
            decoding: printable.filter { byte in
                isKept = byte == UInt8(ascii: "%") && !isKept
                return isKept || byte != UInt8(ascii: "%")
            }, as: UTF8.self)
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { "0"..."9" ~= self }
}

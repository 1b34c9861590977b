import MailCrypto

/// A password in the form that hashes and SCRAM see. We deliberately do less than SASLprep (RFC 4013): UTF-8 is checked,
/// control characters are refused and other spaces become spaces. Composition (NFKC) is left out: keyboards give composed
/// characters already, and clients differ in what they do with the rest.
package struct PreparedPassword: Sendable, Equatable {
    /// crypt(3) gets no more: old formats cost quadratic time in the length (CVE-2016-20013).
    package static let maximumLength = PasswordHash.longestPassword

    package let bytes: [UInt8]

    /// Nil when empty, too long, not UTF-8, or with control characters.
    package init?(_ raw: [UInt8]) {
        guard (1...Self.maximumLength).contains(raw.count) else { return nil }
        if raw.allSatisfy({ (0x20...0x7e).contains($0) }) {
            bytes = raw
            return
        }
        guard let text = String(validating: raw, as: UTF8.self) else { return nil }
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else { return nil }
        bytes = Self.mapped(text)
    }

    private static func mapped(_ text: String) -> [UInt8] {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            // RFC 3454 table C.1.2: spaces that are not ASCII
            result.append(scalar.properties.generalCategory == .spaceSeparator ? " " : scalar)
        }
        return Array(String(result).utf8)
    }
}

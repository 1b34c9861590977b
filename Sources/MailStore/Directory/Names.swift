package import MailMessage

/// What a person types to log in: the organisation's short id, or an address. Lower case, unique among accounts.
package struct LoginName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package static let maximumLength = 64
    package let text: String

    /// A short id: 1-64 ASCII letters, digits, `.`, `_`, `-`, beginning with a letter or digit; or a whole address.
    package init?(_ text: String) {
        if text.utf8.contains(UInt8(ascii: "@")) {
            guard let address = EmailAddress(text) else { return nil }
            self.init(address)
        } else {
            guard let name = ASCIIName.folded(text, maximumLength: Self.maximumLength) else { return nil }
            self.init(stored: name)
        }
    }

    package init(_ address: EmailAddress) { text = AddressKey(address).text }
    /// From a column that only this type writes.
    init(stored text: String) { self.text = text }

    package var isShort: Bool { !text.utf8.contains(UInt8(ascii: "@")) }
    package static func < (left: LoginName, right: LoginName) -> Bool { left.text < right.text }
    package var description: String { text }
}

/// An organisation's short name, such as `physics`: same characters as a login, lower case.
package struct OrganisationName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let text: String
    package init?(_ text: String) {
        guard let name = ASCIIName.folded(text, maximumLength: LoginName.maximumLength) else { return nil }
        self.text = name
    }
    init(stored text: String) { self.text = text }
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
    package var description: String { text }
}

/// An account class's short name, such as `student`.
package struct ClassName: Hashable, Sendable, Comparable, CustomStringConvertible {
    package static let employee = ClassName(stored: "employee")
    package static let student = ClassName(stored: "student")
    package let text: String
    package init?(_ text: String) {
        guard let name = ASCIIName.folded(text, maximumLength: LoginName.maximumLength) else { return nil }
        self.text = name
    }
    init(stored text: String) { self.text = text }
    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
    package var description: String { text }
}

/// The rule shared by the short names: ASCII, folded to lower case, so that nothing looks alike and differs.
enum ASCIIName {
    static func folded(_ text: String, maximumLength: Int) -> String? {
        let bytes = Array(text.utf8)
        guard (1...maximumLength).contains(bytes.count), let first = bytes.first, isAlphanumeric(first) else {
            return nil
        }
        let punctuation: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")]
        guard bytes.allSatisfy({ isAlphanumeric($0) || punctuation.contains($0) }) else { return nil }
        return text.lowercased()
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

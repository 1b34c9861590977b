package import MailMessage

/// An address in the form the directory stores and compares: for our own domains the local part's case does not count
/// (RFC 5321 §2.4 leaves that to us), the domain is in lower-case A-labels.
package struct AddressKey: Hashable, Sendable, CustomStringConvertible {
    package static let tagSeparator: Character = "+"
    package let local: String
    package let domain: String

    package init(_ address: EmailAddress) {
        local = address.local.lowercased()
        domain = address.domainKey
    }

    private init(local: String, domain: String) {
        self.local = local
        self.domain = domain
    }

    package var text: String { local + "@" + domain }
    package var description: String { text }

    /// `user+tag@domain` without its tag (RFC 5233 §1); nil when there is no tag or nothing before it.
    package var withoutTag: AddressKey? {
        guard let plus = local.firstIndex(of: Self.tagSeparator), plus > local.startIndex else { return nil }
        return AddressKey(local: String(local[..<plus]), domain: domain)
    }

    package var isPostmaster: Bool { local == "postmaster" }
}

/// A domain of ours, in lower-case A-labels. Address literals are not domains.
package struct MailDomain: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let name: String

    package init?(_ text: String) {
        guard let name = DomainName.toASCII(text) else { return nil }
        self.name = name
    }

    package init?(_ address: EmailAddress) { self.init(address.domain) }
    /// From a column that only this type writes.
    init(stored name: String) { self.name = name }

    package static func < (left: MailDomain, right: MailDomain) -> Bool { left.name < right.name }
    package var description: String { name }
}

/// One mailbox of an address field, as well as it could be read. Nothing is validated: see `emailAddress` for that.
package struct MailAddress: Sendable, Equatable {
    /// The display name without quotes, encoded words as they are; nil when there is none.
    package var name: [UInt8]?
    /// The obsolete source route, `@a,@b` (RFC 5322 §4.4).
    package var route: [UInt8]?
    /// Without quotes and backslashes.
    package var local: [UInt8]
    /// Empty when it was missing.
    package var domain: [UInt8]

    package init(name: [UInt8]? = nil, route: [UInt8]? = nil, local: [UInt8], domain: [UInt8]) {
        (self.name, self.route, self.local, self.domain) = (name, route, local, domain)
    }

    /// For writing mail: a valid address and a name for people.
    package init(_ address: EmailAddress, name: String? = nil) {
        self.init(
            name: name.map { Array($0.utf8) }, local: Array(address.local.utf8), domain: Array(address.domain.utf8))
    }

    package var displayName: String? { name.map { EncodedWord.decode($0) } }

    package var emailAddress: EmailAddress? {
        EmailAddress(local: Charset.decode(local, label: "utf-8"), domain: Charset.decode(domain, label: "utf-8"))
    }
}

/// The content of From, To and their like (RFC 5322 §3.4), groups in place.
package struct AddressList: Sendable, Equatable {
    package enum Item: Sendable, Equatable {
        case address(MailAddress)
        case groupStart(name: [UInt8])
        case groupEnd
    }

    package let items: [Item]

    package init(_ items: [Item] = []) { self.items = items }

    /// From a field value, folded or not.
    package init(_ bytes: some Collection<UInt8>) {
        var parser = AddressListParser(Array(bytes))
        items = parser.parse()
    }

    /// From all fields of one name together.
    init(_ fields: [HeaderField]) {
        var items: [Item] = []
        for field in fields where items.count < MessageLimits.addresses { items += AddressList(field.unfolded).items }
        self.items = items
    }

    package var isEmpty: Bool { items.isEmpty }

    /// The mailboxes, those in groups included.
    package var addresses: [MailAddress] {
        items.compactMap { if case .address(let address) = $0 { address } else { nil } }
    }
}

import MailMessage

/// Address fields and single addresses: whatever is accepted is written so that it is read as itself.
enum FuzzAddresses: FuzzTarget {
    static let name = "addresses"
    static var memoryPerByte: Int { 500 }  // "a," is an address of some hundred bytes

    static func check(_ input: [UInt8]) -> String? {
        var rules = Rules()
        rules.none(brokenAddress(input))
        rules.none(brokenList(input))
        rules.none(brokenDomain(String(decoding: input, as: UTF8.self)))
        return rules.broken
    }

    private static func brokenAddress(_ bytes: [UInt8]) -> String? {
        guard let address = EmailAddress(bytes) else { return nil }
        var rules = Rules()
        rules.that(EmailAddress(address.description) == address, "\(address) is read as another address")
        rules.that(!address.description.utf8.contains { $0 < 0x20 || $0 == 0x7f }, "a control character in \(address)")
        rules.that(address.domainKey.utf8.allSatisfy { (0x21...0x7e).contains($0) }, "\(address.domainKey) as a key")
        rules.that(address.domainKey.utf8.count <= MessageLimits.domainLength, "a key too long")
        rules.that(DomainName.key(of: address.domainKey) == address.domainKey, "\(address.domainKey) has another key")
        return rules.broken
    }

    /// The list in the structure that we send is IMAP, and no longer than the limit.
    private static func brokenList(_ bytes: [UInt8]) -> String? {
        let list = AddressList(bytes)
        var rules = Rules()
        rules.that(list.addresses.count <= MessageLimits.addresses + 1, "\(list.addresses.count) addresses")
        for address in list.addresses.prefix(100) {
            _ = address.displayName
            rules.none(address.emailAddress.flatMap { brokenAddress(Array($0.description.utf8)) })
        }
        let header = Array("From: ".utf8) + bytes.filter { $0 != 0x0a } + Array("\r\n\r\n".utf8)
        rules.none(IMAPGrammar.fault(in: ParsedMessage(header).envelopeText))
        return rules.broken
    }

    private static func brokenDomain(_ text: String) -> String? {
        _ = DomainName.toUnicode(text)
        guard let ascii = DomainName.toASCII(text) else { return nil }
        let back = DomainName.toASCII(DomainName.toUnicode(ascii))
        // Labels that are no IDNA at all stay as they are; the others come back as themselves.
        return back == nil || back == ascii ? nil : "\(text) is \(ascii) and then \(back ?? "")"
    }
}

package import MailMessage

/// The commands of a client, as octets. Nothing that is put into one can end its line.
package struct ClientCommands: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() { bytes.reserveCapacity(512) }

    /// What MAIL carries, as far as the server offers it.
    package struct MailWords: Sendable, Equatable {
        package var size: Int64?
        package var body: BodyType?
        package var isInternational = false
        package var requiresTLS = false
        /// RET and ENVID (RFC 3461 §4.3, §4.4); empty: not given.
        package var returnPart = ""
        package var envelopeID = ""

        package init() {}
    }

    /// `asciiDomain`: for a server without SMTPUTF8, the domain in A-labels.
    package mutating func mail(from sender: EmailAddress?, asciiDomain: Bool, _ words: MailWords) {
        put("MAIL FROM:<")
        if let sender { put(path(sender, asciiDomain)) }
        put(">")
        if let size = words.size { put(" SIZE=\(size)") }
        if let body = words.body { put(" BODY=\(body.rawValue)") }
        if words.isInternational { put(" SMTPUTF8") }
        if words.requiresTLS { put(" REQUIRETLS") }
        word("RET", words.returnPart)
        word("ENVID", words.envelopeID)
        endLine()
    }

    /// NOTIFY and ORCPT (RFC 3461 §4.1, §4.2); empty: not given.
    package mutating func rcpt(
        to recipient: EmailAddress, asciiDomain: Bool, notify: String, original: String
    ) {
        put("RCPT TO:<")
        put(path(recipient, asciiDomain))
        put(">")
        word("NOTIFY", notify)
        // RFC 6533 §3: an address beyond ASCII that is not encoded needs SMTPUTF8.
        if !asciiDomain || original.utf8.allSatisfy({ $0 < 0x80 }) { word("ORCPT", original) }
        endLine()
    }

    package mutating func bdat(_ size: Int64) { line("BDAT \(size) LAST") }

    package mutating func line(_ text: String) {
        put(text)
        endLine()
    }

    /// Commands with an argument that is already octets: base64.
    package mutating func line(_ text: String, _ rest: [UInt8]) {
        put(text)
        bytes += rest
        endLine()
    }

    private func path(_ address: EmailAddress, _ asciiDomain: Bool) -> String {
        asciiDomain && !address.isAddressLiteral
            ? "\(address.localText)@\(address.domainKey)" : address.description
    }

    /// A value that would not be one word is left out: no parameter is worth a message.
    private mutating func word(_ keyword: String, _ value: String) {
        guard !value.isEmpty, value.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return }
        put(" \(keyword)=\(value)")
    }

    private mutating func put(_ text: String) {
        for byte in text.utf8 where byte >= 0x20 && byte != 0x7f { bytes.append(byte) }
    }

    private mutating func endLine() {
        bytes.append(0x0d)
        bytes.append(0x0a)
    }
}

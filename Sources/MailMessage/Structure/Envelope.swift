/// The fields of a header that ENVELOPE shows (RFC 9051 §7.5.2), raw: unfolded but not decoded.
package struct Envelope: Sendable {
    package let date: [UInt8]?
    package let subject: [UInt8]?
    package let from: AddressList
    /// From's where the message has none of its own; so is `replyTo`.
    package let sender: AddressList
    package let replyTo: AddressList
    package let to: AddressList
    package let cc: AddressList
    package let bcc: AddressList
    package let inReplyTo: [UInt8]?
    package let messageID: [UInt8]?

    package init(_ header: Header) {
        date = header.first("Date")?.unfolded
        subject = header.first("Subject")?.unfolded
        let author = AddressList(header.all("From"))
        let sender = AddressList(header.all("Sender"))
        let replyTo = AddressList(header.all("Reply-To"))
        from = author
        self.sender = sender.isEmpty ? author : sender
        self.replyTo = replyTo.isEmpty ? author : replyTo
        to = AddressList(header.all("To"))
        cc = AddressList(header.all("Cc"))
        bcc = AddressList(header.all("Bcc"))
        inReplyTo = header.first("In-Reply-To")?.unfolded
        messageID = header.first("Message-ID")?.unfolded
    }
}

extension IMAPText {
    // envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP env-cc SP env-bcc
    //            SP env-in-reply-to SP env-message-id ")"
    mutating func envelope(_ envelope: Envelope) {
        raw("(")
        nstring(envelope.date)
        space()
        nstring(envelope.subject)
        let lists = [envelope.from, envelope.sender, envelope.replyTo, envelope.to, envelope.cc, envelope.bcc]
        for list in lists {
            space()
            addresses(list)
        }
        space()
        nstring(envelope.inReplyTo)
        space()
        nstring(envelope.messageID)
        raw(")")
    }

    // env-from = "(" 1*address ")" / nil
    private mutating func addresses(_ list: AddressList) {
        guard !list.isEmpty else { return raw("NIL") }
        raw("(")
        for item in list.items {
            switch item {
            case .address(let address): self.address(address)
            // RFC 9051 §7.5.2: a NIL host marks a group, a NIL mailbox its end.
            case .groupStart(let name):
                raw("(NIL NIL ")
                string(name)
                raw(" NIL)")
            case .groupEnd: raw("(NIL NIL NIL NIL)")
            }
        }
        raw(")")
    }

    // address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
    private mutating func address(_ address: MailAddress) {
        raw("(")
        nstring(address.name)
        space()
        nstring(address.route)
        space()
        string(address.local)
        space()
        string(address.domain)  // "" where it is missing: NIL would make it a group
        raw(")")
    }
}

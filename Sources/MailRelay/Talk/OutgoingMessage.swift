package import MailMessage
package import MailStore
package import MailWire

/// One message on its way to one hop, with those of its recipients that go there.
package struct OutgoingMessage: Sendable {
    package struct Recipient: Sendable, Equatable {
        package var address: EmailAddress
        package var notice: QueueNotice

        package init(_ address: EmailAddress, notice: QueueNotice = .none) {
            self.address = address
            self.notice = notice
        }
    }

    /// Header fields to put on top: signatures over exactly what goes out, after any re-encoding. Called off the connection's
    /// event loop.
    package typealias Signer = @concurrent @Sendable (MessageContent) async -> [UInt8]

    /// Nil: the null sender.
    package var sender: EmailAddress?
    package var recipients: [Recipient]
    package var notices = QueueNotices.none
    /// It came with SMTPUTF8 (RFC 6531 §3.4).
    package var isInternational = false
    /// It came with REQUIRETLS (RFC 8689 §2).
    package var requiresTLS = false
    /// As it was declared when it came; what is declared onwards is looked up in the octets.
    package var body = BodyType.sevenBit
    package var content: MessageContent
    package var sign: Signer?

    package init(
        from sender: EmailAddress?, to recipients: [Recipient], content: MessageContent, sign: Signer? = nil
    ) {
        self.sender = sender
        self.recipients = recipients
        self.content = content
        self.sign = sign
    }
}

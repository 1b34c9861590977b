/// One pattern of LIST: `*` matches anything, `%` anything but the separator (RFC 9051 §6.3.9).
package struct ListPattern: Sendable, Equatable {
    package let bytes: [UInt8]
    /// Nil when the bytes are not well-formed: such a pattern matches nothing.
    package let text: String?

    package init(bytes: [UInt8], encoding: MailboxEncoding) {
        self.bytes = bytes
        text = encoding.decode(bytes)
    }
}

package import MailMessage

/// APPEND up to its message (RFC 9051 §6.3.12): the message itself follows as `size` streamed bytes.
package struct AppendCommand: Sendable, Equatable {
    package let mailbox: WireMailbox
    package let flags: [Flag]
    package let date: IMAPDateTime?
    /// One command carries one message for now: MULTIAPPEND (RFC 3502) would make this the first of several.
    package let literal: LiteralHeader
}

/// `{n}`, `{n+}` or `~{n}` (RFC 9051 §4.3, RFC 7888, RFC 3516).
package struct LiteralHeader: Sendable, Equatable {
    package let size: UInt64
    /// The client waits for "+" before it sends the bytes.
    package let isSynchronizing: Bool
    /// literal8: NUL is allowed.
    package let isBinary: Bool

    package init(size: UInt64, isSynchronizing: Bool, isBinary: Bool = false) {
        self.size = size
        self.isSynchronizing = isSynchronizing
        self.isBinary = isBinary
    }
}

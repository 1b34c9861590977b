package import MailMessage

/// How mailbox names travel: modified UTF-7 (RFC 3501 §5.1.3) until ENABLE of IMAP4rev2 or UTF8=ACCEPT, then UTF-8.
package enum MailboxEncoding: Sendable, Equatable {
    case modifiedUTF7
    case utf8

    /// Nil when the bytes are not well-formed in this encoding.
    package func decode(_ bytes: [UInt8]) -> String? {
        switch self {
        case .modifiedUTF7: ModifiedUTF7.decode(bytes)
        case .utf8: String(validating: bytes, as: UTF8.self)
        }
    }

    package func encode(_ text: String) -> [UInt8] {
        switch self {
        case .modifiedUTF7: ModifiedUTF7.encode(text)
        case .utf8: Array(text.utf8)
        }
    }
}

/// A mailbox name as a client wrote it: decoded, not yet judged. Prefixes of hidden namespaces are still on it.
package struct WireMailbox: Sendable, Equatable {
    /// What the client sent, for echoing.
    package let bytes: [UInt8]
    /// Nil when the name is not well-formed in the connection's encoding: no such mailbox can exist.
    package let text: String?

    package init(bytes: [UInt8], encoding: MailboxEncoding) {
        self.bytes = bytes
        text = encoding.decode(bytes)
    }

    package var hasTrailingSeparator: Bool { bytes.last == UInt8(ascii: "/") }

    /// The name without regard to prefixes; nil when it is no valid name. One trailing separator is dropped.
    package var name: MailboxName? {
        guard let text else { return nil }
        return MailboxName(hasTrailingSeparator ? String(text.dropLast()) : text)
    }
}

package import MailMessage

/// APPEND up to the first of its literals (RFC 9051 §6.3.12): messages are streamed, never part of a command.
package struct AppendCommand: Sendable, Equatable {
    package let mailbox: WireMailbox
    /// What stands before the first literal; what comes behind it the assembler hands out later.
    package let pieces: [AppendPiece]

    package init(mailbox: WireMailbox, pieces: [AppendPiece]) {
        self.mailbox = mailbox
        self.pieces = pieces
    }
}

/// REPLACE and UID REPLACE (RFC 8508 §3): an APPEND of one message in the place of another.
package struct ReplaceCommand: Sendable, Equatable {
    package let uid: Bool
    /// One number.
    package let set: SequenceSet
    package let append: AppendCommand
}

/// APPEND taken apart in the order of its text, so that several messages (RFC 3502) and messages made of parts
/// (RFC 4469) are read in one pass.
package enum AppendPiece: Sendable, Equatable {
    /// A message begins.
    case message(flags: [Flag], date: IMAPDateTime?)
    /// Its bytes, or some of them, follow. Nothing comes behind this piece before they have been taken or refused.
    case literal(LiteralHeader, AppendLiteral)
    /// Bytes that are in the store already: the URL of CATENATE.
    case url([UInt8])
    /// The message is whole.
    case messageEnd
}

package enum AppendLiteral: Sendable, Equatable {
    /// The message.
    case text
    /// Some bytes of it.
    case part
    /// Bytes of a message whose header may be UTF-8 (RFC 6855 §4).
    case utf8
    /// A URL that came as a literal.
    case url
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

extension IMAPCommand.Body {
    /// What of this command comes as a stream.
    package var appending: AppendCommand? {
        switch self {
        case .append(let append): append
        case .replace(let replace): replace.append
        default: nil
        }
    }
}

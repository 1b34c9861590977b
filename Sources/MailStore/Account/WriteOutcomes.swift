package import MailMessage

/// What STORE does with its flags.
package enum FlagChange: Sendable, Equatable {
    case add([Flag])
    case remove([Flag])
    case replace([Flag])
}

package struct FlagOutcome: Sendable, Equatable {
    /// The messages whose flags are different now, by ascending UID.
    package let changed: [FlagRow]
    /// Those that stay as they were, where the caller wants to hear of them.
    package let unchanged: [FlagRow]
    /// What UNCHANGEDSINCE held back (RFC 7162 §3.1.3).
    package let failed: UIDSet
    package let modseq: ModSeq?

    /// How many of the messages there are.
    package var found: Int { changed.count + unchanged.count + failed.span }

    /// What has been changed and what did not have to be, by ascending UID.
    package var rows: [FlagRow] {
        unchanged.isEmpty ? changed : (changed + unchanged).sorted { $0.uid < $1.uid }
    }
}

/// What APPEND, a delivery or an import stores.
package struct NewMessage: Sendable {
    package let message: StorableMessage
    package let flags: [Flag]
    package let receivedAt: EpochSeconds

    package init(_ message: StorableMessage, flags: [Flag], receivedAt: EpochSeconds) {
        self.message = message
        self.flags = flags
        self.receivedAt = receivedAt
    }

    /// Without the flags that these rights do not allow to set (RFC 4314 §4).
    package func flagged(with rights: MailboxRights) -> NewMessage {
        NewMessage(message, flags: flags.filter(rights.mayChange), receivedAt: receivedAt)
    }
}

package struct Appended: Sendable, Equatable {
    package let uid: UID
    package let uidValidity: UInt32
    package let modseq: ModSeq
    package let messageID: MessageID
}

/// COPY and MOVE: which message became which (COPYUID, RFC 9051 §7.1), by ascending source UID.
package struct Transferred: Sendable, Equatable {
    package struct Pair: Sendable, Equatable {
        package let source: UID
        package let destination: UID
    }
    package let pairs: [Pair]
    package let uidValidity: UInt32
    package let modseq: ModSeq?

    package static let nothing = Transferred(pairs: [], uidValidity: 0, modseq: nil)

    /// This and what was transferred after it.
    package func followed(by next: Transferred) -> Transferred {
        Transferred(pairs: pairs + next.pairs, uidValidity: next.uidValidity, modseq: next.modseq ?? modseq)
    }

    /// Of these sources alone.
    package func only(_ sources: UIDSet) -> Transferred {
        Transferred(pairs: pairs.filter { sources.contains($0.source) }, uidValidity: uidValidity, modseq: modseq)
    }
}

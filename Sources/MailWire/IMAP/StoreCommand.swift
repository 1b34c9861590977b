package import MailMessage

/// STORE and UID STORE (RFC 9051 §6.4.6, RFC 7162 §3.1.3).
package struct StoreCommand: Sendable, Equatable {
    package enum Mode: Sendable, Equatable { case add, remove, replace }

    package let uid: Bool
    package let set: SequenceSet
    package let mode: Mode
    package let silent: Bool
    package let flags: [Flag]
    package let unchangedSince: ModSeq?
}

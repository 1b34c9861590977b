/// What becomes of messages that somebody removes: for so long, and up to so many bytes, they can be brought back.
package struct RestorePolicy: Sendable, Equatable {
    /// 0: removed is gone.
    package var seconds: Int64
    /// Of one account, for what its user removes: whoever uploads and expunges all day must not fill the disk. What the
    /// purge takes is bounded by the quota and the period already.
    package var bytes: Int64

    package init(seconds: Int64 = 14 * 86_400, bytes: Int64 = 1_000_000_000) {
        self.seconds = seconds
        self.bytes = bytes
    }

    package static let standard = RestorePolicy()
}

/// How a message left its mailbox for good.
package enum Departure: Int64, Sendable, CaseIterable {
    /// It lives on elsewhere, or something newer took its place: not kept.
    case superseded = 0
    /// By its user: EXPUNGE, CLOSE, POP3's DELE.
    case expunged = 1
    /// By the purge.
    case purged = 2
    /// With the mailbox it was in.
    case folder = 3
}

extension Departure {
    /// Counts against `RestorePolicy.bytes`.
    var isBounded: Bool { self == .expunged || self == .folder }
}

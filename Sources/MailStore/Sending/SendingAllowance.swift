package import MailMessage

/// Somebody may write to more for a time.
package struct SendingAllowance: Sendable, Equatable {
    package let party: SendingParty
    /// Recipients, and so messages too; 0: as many as it likes.
    package let most: Int
    /// Nil: until it is revoked.
    package let until: EpochSeconds?
    package let by: String
    package let reason: String
    package let at: EpochSeconds

    package init(
        party: SendingParty, most: Int, until: EpochSeconds?, by: String, reason: String, at: EpochSeconds
    ) {
        self.party = party
        self.most = most
        self.until = until
        self.by = by
        self.reason = reason
        self.at = at
    }
}

/// Mail of a party was held.
package struct SendingEpisode: Sendable, Equatable {
    package let party: SendingParty
    package let beganAt: EpochSeconds
    package let lastAt: EpochSeconds
    package let held: Int
    package let reason: String
}

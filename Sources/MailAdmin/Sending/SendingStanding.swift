package import MailStore

/// How much one account or host has sent, may send, and what is held of it.
package struct SendingStanding: Sendable {
    package let party: SendingParty
    /// The account's address, or the host's.
    package let name: String
    package let use: SendingUse
    /// With the allowance.
    package let rates: SendingRates
    package let allowance: SendingAllowance?
    package let episode: SendingEpisode?
}

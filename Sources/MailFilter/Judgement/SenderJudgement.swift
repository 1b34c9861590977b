package import MailDomainAuth

/// What the checks of one message came to; nil is what was not asked.
package struct SenderJudgement: Sendable {
    package var spf: SPFResult?
    package var dkim: [DKIMResult]?
    package var dmarc: DMARCResult?
    package var arc: ARCResult?
    /// The message's own authors, as far as they can be read.
    package var authors: [String]?
    package var results: AuthenticationResults
    package var verdict = FilterVerdict.accept
    /// Why the verdict is milder than the results: in plain words, for the trail.
    package var mercy: String?

    /// To be put on top of the message, with its line end.
    package var field: String { results.field }

    package init(authservID: String) { results = AuthenticationResults(authservID: authservID) }
}

package import MailStore

/// What became of a message at the gate.
package struct GateEnd: Sendable {
    package var verdict: FilterVerdict
    /// As it is to be delivered, durable where it is a file; nil when it is not.
    package var message: StorableMessage?
    /// In the order in which the filters asked.
    package var envelope: [EnvelopeChange] = []
    /// What was found out about the sender; nil: nothing was asked.
    package var judgement: SenderJudgement?

    init(_ verdict: FilterVerdict) { self.verdict = verdict }

    init(_ verdict: FilterVerdict, _ message: StorableMessage, _ envelope: [EnvelopeChange] = []) {
        self.verdict = verdict
        self.message = message
        self.envelope = envelope
    }
}

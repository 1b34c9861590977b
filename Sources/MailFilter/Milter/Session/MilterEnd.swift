import MailMessage

/// What a filter says at the end of a message.
package struct MilterEnd: Sendable, Equatable {
    package var verdict: FilterVerdict
    package var envelope: [EnvelopeChange] = []

    init(_ verdict: FilterVerdict) { self.verdict = verdict }

    /// In angle brackets; nil where it stays, and where what a filter wrote is no address.
    var newSender: String? {
        envelope.reversed().lazy.compactMap { change in
            guard case .sender(let text, _) = change else { return nil }
            let bare = text.hasPrefix("<") && text.hasSuffix(">") ? String(text.dropFirst().dropLast()) : text
            return bare.isEmpty ? "<>" : EmailAddress(bare).map { "<\($0)>" }
        }.first
    }

    init(_ changes: MilterChanges) {
        verdict = changes.quarantine.map { .quarantine(reason: $0) } ?? .accept
        envelope = changes.envelope
    }
}

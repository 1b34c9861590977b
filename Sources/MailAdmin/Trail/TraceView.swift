import MailMessage
package import MailStore

/// What one reader may see of a story, line by line. Pure.
package struct TraceView: Sendable {
    /// Nil: the operator, who sees everything.
    let reader: AccountID?
    let words: TraceWords

    package init(for reader: AccountID?, in language: NoticeLanguage) {
        self.reader = reader
        words = TraceWords(language: language, isOperator: reader == nil)
    }

    package func lines(of story: TrailStory) -> [TraceLine] {
        var lines: [TraceLine] = []
        if let arrival = story.arrival, !story.isRefusal { lines.append(first(of: story, arrival)) }
        for step in steps(of: story) { lines.append(line(step, of: story)) }
        return lines
    }

    private func isOwn(_ story: TrailStory) -> Bool { reader == nil || story.account == reader }

    private func first(of story: TrailStory, _ arrival: TrailArrival) -> TraceLine {
        let fact = TrailFact.accepted(isOwn(story) ? arrival : arrival.withoutOthers)
        return line(TrailStep(at: story.at, fact: fact), of: story)
    }

    /// Who sent it sees what became of each recipient he wrote to; who got it, what happened on the way to him.
    private func steps(of story: TrailStory) -> [TrailStep] {
        guard let reader else { return story.steps }
        if story.account == reader { return ownSteps(of: story, reader) }
        let mine = Set(story.steps.filter { $0.account == reader && !$0.recipient.isEmpty }.map(\.recipient))
        return story.steps.filter { $0.account == reader || ($0.account == nil && mine.contains($0.recipient)) }
    }

    /// A recipient's forwarding, his folders and his Junk are his own affair.
    private func ownSteps(of story: TrailStory, _ reader: AccountID) -> [TrailStep] {
        var targets: Set<String> = []
        for case .forwarded(let target) in story.steps.filter({ $0.account != reader }).map(\.fact) {
            targets.insert(target.lowercased())
        }
        return story.steps.compactMap { step in
            if step.account == reader { return step }
            guard !targets.contains(step.recipient.lowercased()) else { return nil }
            return step.asOthersSeeIt
        }
    }

    private func line(_ step: TrailStep, of story: TrailStory) -> TraceLine {
        let arrival = story.arrival
        return TraceLine(
            message: story.id, at: step.at, event: TraceEvent(step.fact), sender: arrival?.sender,
            recipient: step.recipient.isEmpty ? nil : step.recipient, queue: step.queue,
            messageID: arrival.map(\.messageID).flatMap { $0.isEmpty ? nil : $0 }, size: arrival?.size,
            host: step.fact.host, detail: words.isOperator ? step.fact.detail : step.fact.publicDetail,
            nextAttemptAt: step.fact.until, words: words.text(step.fact))
    }
}

extension TrailStory {
    var isRefusal: Bool { steps.contains { if case .refused = $0.fact { true } else { false } } }
}

extension TrailArrival {
    /// For a recipient: from whom it came, not from where nor to how many others.
    var withoutOthers: TrailArrival {
        TrailArrival(sender: sender, origin: origin, size: size, messageID: messageID, recipients: 0)
    }
}

extension TrailStep {
    /// For the sender: nil for what is the recipient's own affair.
    var asOthersSeeIt: TrailStep? {
        switch fact {
        case .delivered, .storedInJunk, .forwarded, .discarded: with(.delivered(mailbox: ""))
        case .withdrawn, .restored: nil
        default: with(fact)
        }
    }

    private func with(_ fact: TrailFact) -> TrailStep {
        TrailStep(at: at, fact: fact, recipient: recipient, queue: queue)
    }
}

extension TrailFact {
    var host: String? {
        switch self {
        case .relayed(let host, _), .deferred(let host, _, _), .failed(let host, _): host.isEmpty ? nil : host
        default: nil
        }
    }

    var detail: String? {
        switch self {
        case .relayed(_, let text), .deferred(_, let text, _), .failed(_, let text), .refused(_, let text),
            .storedInJunk(let text), .held(let text), .discarded(let text), .forwarded(let text), .released(let text),
            .removed(let text), .withdrawn(let text), .restored(let text):
            text.isEmpty ? nil : text
        case .accepted, .delivered, .queued, .bounced, .delayNoticed: nil
        }
    }

    /// Without the names of who did it.
    var publicDetail: String? {
        switch self {
        case .released, .removed, .withdrawn, .restored: nil
        default: detail
        }
    }

    var until: EpochSeconds? { if case .deferred(_, _, let until) = self { until } else { nil } }
}

import MailMessage
import MailStore

/// What happened, in plain words. Whoever changes one language changes the other.
struct TraceWords: Sendable {
    let language: NoticeLanguage
    /// Sees who did what, and from which address a message came.
    let isOperator: Bool

    func text(_ fact: TrailFact) -> String { language == .en ? english(fact) : swedish(fact) }

    private func english(_ fact: TrailFact) -> String {
        switch fact {
        case .accepted(let arrival): "accepted from \(sender(arrival))" + from(arrival) + room(arrival)
        case .refused(let arrival, let reply): "refused\(from(arrival)): \(reply)"
        case .delivered(let mailbox): mailbox.isEmpty ? "delivered" : "delivered into \(mailbox)"
        case .storedInJunk(let reason): "put into Junk" + because(reason)
        case .queued(let domain):
            domain.isEmpty ? "waits, the mailbox could not take it yet" : "waits to be sent to \(domain)"
        case .relayed(let host, let reply): "taken over by \(host)" + because(reply)
        case .deferred(let host, let reply, _):
            (host.isEmpty ? "could not be sent yet" : "\(host) did not take it yet") + because(reply)
        case .failed(let host, let reply):
            (host.isEmpty ? "given up" : "\(host) refused it") + because(reply)
        case .bounced: "the sender was told that it failed"
        case .delayNoticed: "the sender was told that it takes longer"
        case .held(let reason): "held" + because(reason)
        case .released(let actor): "released" + by(actor, "by")
        case .removed(let actor): "taken out of the queue" + by(actor, "by")
        case .withdrawn(let actor): "taken out of the mailbox" + by(actor, "by")
        case .restored(let actor): "put back into the mailbox" + by(actor, "by")
        case .forwarded(let address): "forwarded to \(address)"
        case .discarded(let reason): "thrown away by a filter" + because(reason)
        }
    }

    private func swedish(_ fact: TrailFact) -> String {
        switch fact {
        case .accepted(let arrival): "mottaget från \(sender(arrival))" + from(arrival) + room(arrival)
        case .refused(let arrival, let reply): "avvisat\(from(arrival)): \(reply)"
        case .delivered(let mailbox): mailbox.isEmpty ? "levererat" : "levererat till \(mailbox)"
        case .storedInJunk(let reason): "lagt i skräpposten" + because(reason)
        case .queued(let domain):
            domain.isEmpty ? "väntar, brevlådan kunde inte ta emot det än" : "väntar på att skickas till \(domain)"
        case .relayed(let host, let reply): "övertaget av \(host)" + because(reply)
        case .deferred(let host, let reply, _):
            (host.isEmpty ? "kunde inte skickas än" : "\(host) tog inte emot det än") + because(reply)
        case .failed(let host, let reply):
            (host.isEmpty ? "försöken har avslutats" : "\(host) avvisade det") + because(reply)
        case .bounced: "avsändaren har fått veta att det misslyckades"
        case .delayNoticed: "avsändaren har fått veta att det tar längre tid"
        case .held(let reason): "hålls kvar" + because(reason)
        case .released(let actor): "släppt" + by(actor, "av")
        case .removed(let actor): "borttaget ur kön" + by(actor, "av")
        case .withdrawn(let actor): "borttaget ur brevlådan" + by(actor, "av")
        case .restored(let actor): "tillbakalagt i brevlådan" + by(actor, "av")
        case .forwarded(let address): "vidarebefordrat till \(address)"
        case .discarded(let reason): "bortkastat av ett filter" + because(reason)
        }
    }

    private func because(_ text: String) -> String { text.isEmpty ? "" : ": \(text)" }

    private func by(_ actor: String, _ word: String) -> String {
        isOperator && !actor.isEmpty ? " \(word) \(actor)" : ""
    }

    private func sender(_ arrival: TrailArrival) -> String {
        if !arrival.sender.isEmpty { return arrival.sender }
        return language == .en ? "the mail system" : "e-postsystemet"
    }

    private func from(_ arrival: TrailArrival) -> String {
        guard isOperator, !arrival.peer.isEmpty else { return "" }
        let way =
            switch (arrival.origin, language) {
            case (.login, .en): "logged in, "
            case (.login, .sv): "inloggad, "
            case (.trustedNetwork, .en): "trusted network, "
            case (.trustedNetwork, .sv): "betrott nät, "
            case (.outside, _), (.system, _): ""
            }
        return " (\(way)\(arrival.peer))"
    }

    private func room(_ arrival: TrailArrival) -> String {
        var parts: [String] = []
        if arrival.size > 0 {
            let size = SizeText.format(arrival.size)
            parts.append(language == .sv ? size.replacing(".", with: ",") : size)
        }
        if arrival.recipients > 0 {
            let one = arrival.recipients == 1
            let word = language == .en ? (one ? "recipient" : "recipients") : "mottagare"
            parts.append("\(arrival.recipients) \(word)")
        }
        return parts.isEmpty ? "" : ", " + parts.joined(separator: ", ")
    }
}

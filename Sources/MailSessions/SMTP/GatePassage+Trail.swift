import MailFilter
import MailStore

extension GatePassage {
    /// What the trail says of a delivery, with what filters made of it.
    func told(_ events: [TrailEvent]) -> [TrailEvent] {
        events.map { event in
            var told = event
            switch (event.fact, verdict) {
            case (.delivered, .junk(let reason)): told.fact = .storedInJunk(reason: reason)
            case (.held, .quarantine): told.fact = .held(reason: hold ?? "")
            default: break
            }
            return told
        }
    }
}

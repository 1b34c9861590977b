import MailMessage
import MailNetwork
import MailStore
import MailTransport

/// The latest attempts of a worker, in the order they came; the oldest gives way. Pure: no lock, no clock.
struct AttemptRing: Sendable {
    struct Entry: Sendable {
        let id: ConnectionID
        let peer: IPAddress
        var attempt: ConnectionAttempt
    }

    /// Of each worker.
    static let mostAttempts = 4_096
    /// Seconds for which a refusal that repeats itself is counted and not kept again: whoever hammers at a closed door
    /// shall not make the others forgotten.
    static let longestRepeat: EpochSeconds = 60

    let capacity: Int
    private var entries: [Entry] = []
    /// Where the next one goes once all places are taken.
    private var oldest = 0
    private var places: [ConnectionID: Int] = [:]
    private var refused: [IPAddress: Int] = [:]
    /// When the last one was forgotten that is no longer here.
    private(set) var forgottenAt: EpochSeconds?

    init(capacity: Int = Self.mostAttempts) { self.capacity = max(1, capacity) }

    func knows(_ id: ConnectionID) -> Bool { places[id] != nil }

    mutating func insert(_ entry: Entry) {
        guard !knows(entry.id) else { return }
        if entries.count < capacity {
            places[entry.id] = entries.count
            entries.append(entry)
        } else {
            forget(entries[oldest], at: oldest)
            places[entry.id] = oldest
            entries[oldest] = entry
            oldest = (oldest + 1) % capacity
        }
    }

    /// Nothing, when it has been forgotten meanwhile.
    mutating func update(_ id: ConnectionID, _ change: (inout ConnectionAttempt) -> Void) {
        if let place = places[id] { change(&entries[place].attempt) }
    }

    /// One that was turned away before anything else.
    mutating func refuse(_ entry: Entry, reason: String) {
        if let place = refused[entry.peer], entries[place].isRepeated(by: entry, reason) {
            entries[place].attempt.end?.repeats += 1
            return
        }
        insert(entry)
        update(entry.id) { $0.end = AttemptEnd(AttemptEnd.refused, reason: reason) }
        refused[entry.peer] = places[entry.id]
    }

    /// The oldest first.
    func attempts(where isWanted: (Entry) -> Bool) -> [ConnectionAttempt] {
        (entries[oldest...] + entries[..<oldest]).filter(isWanted).map(\.attempt)
    }

    private mutating func forget(_ entry: Entry, at place: Int) {
        places[entry.id] = nil
        if refused[entry.peer] == place { refused[entry.peer] = nil }
        forgottenAt = max(forgottenAt ?? entry.attempt.at, entry.attempt.at)
    }
}

extension AttemptRing.Entry {
    init(_ origin: ConnectionOrigin, at now: EpochSeconds) {
        let attempt = ConnectionAttempt(
            id: origin.id.description, at: now, service: origin.service, port: Int(origin.local.port),
            peer: origin.peer.ip.description, peerPort: Int(origin.peer.port), proxy: origin.proxy?.description)
        self.init(id: origin.id, peer: origin.peer.ip, attempt: attempt)
    }

    fileprivate func isRepeated(by other: Self, _ reason: String) -> Bool {
        attempt.end?.kind == AttemptEnd.refused && attempt.end?.reason == reason
            && attempt.service == other.attempt.service
            && other.attempt.at - attempt.at < AttemptRing.longestRepeat
    }
}

internal import MailMessage

/// Events on their way to the disk. Bounded: what does not fit is counted, not kept. Pure.
struct TrailBuffer {
    /// About 5 MB; some seconds of a busy server whose disk does not answer.
    static let mostWaiting = 20_000
    /// So many are written in one transaction, and as soon as they are there.
    static let batch = 2_000

    enum Wanted: Equatable { case nothing, timer, flush }

    private(set) var waiting: [TrailEvent] = []
    private(set) var lost = 0
    private var isTimed = false
    /// Somebody writes what was taken.
    private(set) var isTaken = false
    var isSettled: Bool { waiting.isEmpty && lost == 0 && !isTaken }

    mutating func add(_ event: TrailEvent) -> Wanted {
        guard waiting.count < Self.mostWaiting else {
            lost += 1
            return .nothing
        }
        waiting.append(event)
        if waiting.count.isMultiple(of: Self.batch) { return .flush }
        guard !isTimed else { return .nothing }
        isTimed = true
        return .timer
    }

    mutating func timerFired() { isTimed = false }

    /// The oldest, and how many were lost before; nil when there is nothing, or somebody else is at it. `taken` ends it.
    mutating func take() -> (events: [TrailEvent], lost: Int)? {
        guard !isTaken, !waiting.isEmpty || lost > 0 else { return nil }
        isTaken = true
        let events = Array(waiting.prefix(Self.batch))
        waiting.removeFirst(events.count)
        defer { lost = 0 }
        return (events, lost)
    }

    mutating func taken() { isTaken = false }

    /// What could not be written comes again, before what came meanwhile, as far as there is room.
    mutating func putBack(_ events: [TrailEvent], lost missing: Int) -> Wanted {
        isTaken = false
        let room = max(0, Self.mostWaiting - waiting.count)
        let kept = events.suffix(room)
        lost += missing + events.count - kept.count
        waiting.insert(contentsOf: kept, at: 0)
        guard !isTimed else { return .nothing }
        isTimed = true
        return .timer
    }
}

import MailMessage
package import MailStore

extension Administration {
    /// More are not looked up for the trail; the audit trail tells of them together.
    static let mostTraced = 10_000
    /// Lines of one page.
    package static let queuePage = 5_000

    package func queueLines(
        _ filter: QueueFilter, after place: QueuePlace = .start, limit: Int = queuePage
    ) async throws(AdminError) -> [QueueLine] {
        do { return try await store.queue.lines(filter, after: place, limit: limit) } catch { throw .store(error) }
    }

    /// Messages that have at least one line the filter admits, each once, the oldest first.
    package func queueEntries(_ filter: QueueFilter) async throws(AdminError) -> [QueueID] {
        var found: [QueueID] = []
        var place = QueuePlace.start
        while true {
            let lines = try await queueLines(filter, after: place)
            for line in lines where found.last != line.entry { found.append(line.entry) }
            guard lines.count == Self.queuePage, let last = lines.last else { return found }
            place = last.place
        }
    }

    /// A delivery is under way: until it ends nothing can be done about it.
    package func isTrying(_ entry: QueueID) async throws(AdminError) -> Bool {
        var filter = QueueFilter()
        filter.entry = entry
        return try await queueLines(filter).contains { $0.state == .trying }
    }

    /// Nil: all. How many copies of messages it concerned.
    package func holdQueue(_ entry: QueueID?) async throws(AdminError) -> Int {
        let name = actor.name
        return try await changing("queue hold", entry, .held(reason: "by \(name)")) {
            $0.state == .waiting || $0.isHeld && !$0.isHeldByOperator
        } by: {
            try await $0.hold(entry, by: name)
        }
    }

    package func releaseQueue(_ entry: QueueID?) async throws(AdminError) -> Int {
        try await changing("queue release", entry, .released(by: actor.name), where: \.isHeld) {
            try await $0.release(entry)
        }
    }

    package func removeFromQueue(_ entry: QueueID) async throws(AdminError) -> Int {
        try await changing("queue remove", entry, .removed(by: actor.name)) {
            $0.state != .trying
        } by: {
            try await $0.remove(entry)
        }
    }

    /// Due now. How many were not.
    package func retryQueue(_ entry: QueueID) async throws(AdminError) -> Int {
        do {
            let count = try await store.queue.retryNow(entry)
            guard count > 0 else { return 0 }
            try await directory.write(by: actor) {
                try $0.noteQueue("queue retry", "queue \(entry)", "\(count) recipients")
            }
            return count
        } catch { throw AdminError(error) }
    }

    /// Nil: wherever it goes.
    package func flushQueue(to domain: String?) async throws(AdminError) -> Int {
        do { return try await store.queue.retryNow(domain) } catch { throw AdminError(error) }
    }

    func changing(
        _ action: String, _ entry: QueueID?, _ fact: TrailFact, where isConcerned: (QueueLine) -> Bool,
        by change: (Queue) async throws -> Int
    ) async throws(AdminError) -> Int {
        do {
            let lines = try await concerned(entry).filter(isConcerned)
            let count = try await change(store.queue)
            guard count > 0 else { return 0 }
            for line in lines where !line.trailID.isEmpty {
                store.trail.note(TrailEvent(line.trailID, fact, to: line.recipient, queue: line.entry))
            }
            try await directory.write(by: actor) {
                try $0.noteQueue(action, entry.map { "queue \($0)" } ?? "queue", "\(count) recipients")
            }
            return count
        } catch { throw AdminError(error) }
    }

    private func concerned(_ entry: QueueID?) async throws -> [QueueLine] {
        var filter = QueueFilter()
        filter.entry = entry
        return try await store.queue.lines(filter, limit: Self.mostTraced)
    }
}

import MailMessage
import MailStore

/// The trips of one search to the store. A large one makes them in two halves, each on a connection of its own, so that
/// it takes half the time where a core is free. When one half fails the other ends with its trip.
struct SearchTrips: Sendable {
    let door: MailboxDoor
    let budget: TimeBudget
    /// Fewer messages are not worth a second connection.
    var worthHalves = 4_000

    typealias Progress = (done: Int, goal: Int)

    func throughEnvelopes(of run: SearchRun) async throws -> SearchRun {
        guard let (first, second) = run.halves(least: worthHalves) else {
            var (run, undecided) = try await envelopes(of: run)
            run.finishEnvelopes(undecided)
            return run
        }
        async let other = envelopes(of: second, beside: true)
        let (one, two) = (try await envelopes(of: first), try await other)
        var joined = SearchRun(joining: one.run, two.run)
        joined.finishEnvelopes(one.undecided + two.undecided)
        return joined
    }

    func through(_ sweep: EnvelopeSweep) async throws -> EnvelopeSweep {
        let (sweep, isCold) = try await probed(sweep)
        async let _ = door.account.readAhead(in: door.id, isCold ? sweep.rest : UIDSet(), .envelopes)
        guard let (first, second) = sweep.halves(least: worthHalves) else { return try await swept(sweep) }
        async let other = swept(second, beside: true)
        var joined = try await swept(first)
        joined.join(try await other)
        return joined
    }

    private func probed(_ sweep: EnvelopeSweep) async throws -> (EnvelopeSweep, isCold: Bool) {
        try Task.checkCancellation()
        let (found, reads) = try await door.read(within: budget) { reader in
            let before = DiskReads.ofThisThread()
            return (try sweep.read(reader), DiskReads.ofThisThread() - before)
        }
        var rest = sweep
        rest.take(found)
        return (rest, reads > DiskReads.ofAColdList)
    }

    private func swept(_ sweep: EnvelopeSweep, beside: Bool = false) async throws -> EnvelopeSweep {
        var sweep = sweep
        while !sweep.isOver {
            try Task.checkCancellation()
            let current = sweep
            sweep.take(try await door.read(within: budget, beside: beside) { try current.read($0) })
        }
        return sweep
    }

    private func envelopes(
        of run: SearchRun, beside: Bool = false
    ) async throws -> (run: SearchRun, undecided: [MessageRow]) {
        var run = run
        var undecided: [MessageRow] = []
        while !run.isOver {
            try Task.checkCancellation()
            let current = run
            let batch = try await door.read(within: budget, beside: beside) { try current.readEnvelopes($0) }
            undecided += batch.undecided
            run.take(batch)
        }
        return (run, undecided)
    }

    /// `tell` hears how far it is.
    func throughTexts(of run: SearchRun, tell: (Progress) async throws -> Void) async throws -> SearchRun {
        guard let (first, second) = run.halves(least: worthHalves) else { return try await texts(of: run, tell: tell) }
        let goal = run.progress.goal
        async let other = texts(of: second, beside: true) { _ in }
        let one = try await texts(of: first) { try await tell((min(goal, $0.done * 2), goal)) }
        return SearchRun(joining: one, try await other)
    }

    private func texts(
        of run: SearchRun, beside: Bool = false, tell: (Progress) async throws -> Void
    ) async throws -> SearchRun {
        var run = run
        while !run.isOver {
            try Task.checkCancellation()
            let current = run
            run.take(try await door.read(within: budget, beside: beside) { try current.readTexts($0) })
            try await tell(run.progress)
        }
        return run
    }

    func scores(of run: RelevancyRun) async throws -> [UID: Int] {
        var run = run
        while !run.isOver {
            let current = run
            run.take(try await door.read(within: budget) { try current.readTexts($0) })
        }
        return run.scores
    }
}

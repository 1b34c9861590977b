import Testing

@testable import MailSupervisor

/// A table with somebody who starts processes for it: every spawn succeeds at once, and the pid is 100 + its number.
struct Bench {
    var table: WorkerTable
    var now = Duration.zero
    private var lastPID: Int32 = 100
    /// What the last event asked for, spawns aside.
    var actions: [WorkerAction] = []
    var spawns = 0

    init(_ seats: [WorkerSeat] = Bench.seats, ready: Bool = true) {
        var rules = WorkerRules()
        (rules.drain, rules.grace) = (.seconds(10), .seconds(5))
        table = WorkerTable(rules: rules)
        begin(1, seats, ready: ready)
    }

    static let seats = [WorkerSeat(.smtp), WorkerSeat(.imap, 1), WorkerSeat(.imap, 2)]

    mutating func take(_ new: [WorkerAction]) {
        actions = []
        for action in new {
            guard case .spawn(let slot, _, _) = action else {
                actions.append(action)
                continue
            }
            lastPID += 1
            spawns += 1
            table.spawned(slot: slot, pid: lastPID)
        }
    }

    mutating func begin(_ generation: Int, _ seats: [WorkerSeat] = Bench.seats, ready: Bool = true) {
        take(table.begin(generation: generation, seats, now: now))
        if ready { allReady() }
    }

    mutating func allReady() {
        var last: [WorkerAction] = []
        for slot in table.workers.keys.sorted() { last += table.ready(slot: slot, now: now) }
        take(last)
    }

    mutating func dies(_ seat: WorkerSeat, _ end: WorkerEnd = .signal(11), generation: Int? = nil) {
        let found = table.workers.values.first {
            $0.seat == seat && $0.generation == (generation ?? table.current?.number ?? 1)
        }
        take(table.exited(pid: found?.pid ?? -1, end, now: now))
    }

    mutating func passes(_ time: Duration) {
        now += time
        take(table.tick(now: now))
    }

    func alive(_ seat: WorkerSeat) -> Bool { table.workers.values.contains { $0.seat == seat } }
    func states() -> [Worker.State] { table.workers.values.sorted { $0.slot < $1.slot }.map(\.state) }
}

@Suite struct WorkerTableTests {
    @Test func servesWhenAllAreReady() {
        var bench = Bench(ready: false)
        #expect(bench.spawns == 3 && bench.table.current == nil)
        for slot in 0..<2 { bench.take(bench.table.ready(slot: slot, now: .zero)) }
        #expect(bench.actions == [] && !bench.table.isServing)
        bench.take(bench.table.ready(slot: 2, now: .zero))
        #expect(bench.actions == [.serving(generation: 1)] && bench.table.isServing)
    }

    @Test func aDeadWorkerIsReplacedAtOnceAndItsNeighboursStay() {
        var bench = Bench()
        bench.dies(WorkerSeat(.imap, 1))
        #expect(bench.spawns == 4 && bench.table.losses == 1)
        #expect(bench.states() == [.ready, .starting, .ready])
        let post = bench.table.current?.posts[1]
        #expect(post?.restarts == 1 && post?.lastDeath?.end == .signal(11))
        guard case .ended(let worker, .signal(11), isLoss: true)? = bench.actions.first else {
            Issue.record("no word of the death: \(bench.actions)")
            return
        }
        #expect(worker.seat == WorkerSeat(.imap, 1))
    }

    @Test func whoDiesAgainAndAgainWaitsLonger() {
        var bench = Bench()
        bench.dies(WorkerSeat(.imap, 1))
        bench.dies(WorkerSeat(.imap, 1))
        #expect(!bench.alive(WorkerSeat(.imap, 1)))
        #expect(bench.table.nextDeadline == .milliseconds(100))
        bench.passes(.milliseconds(99))
        #expect(!bench.alive(WorkerSeat(.imap, 1)))
        bench.passes(.milliseconds(1))
        #expect(bench.alive(WorkerSeat(.imap, 1)))
        #expect(bench.alive(WorkerSeat(.imap, 2)))
    }

    @Test func theSilentAreKilledAndReplaced() {
        var bench = Bench()
        bench.passes(.seconds(29))
        for slot in 1...2 { bench.table.heard(slot: slot, connections: 7, now: bench.now) }
        bench.passes(.seconds(1))
        #expect(bench.actions == [.kill(slot: 0, .silent)])
        bench.passes(.seconds(1))
        #expect(bench.actions == [], "once is enough")
        bench.dies(WorkerSeat(.smtp), .signal(9))
        #expect(bench.alive(WorkerSeat(.smtp)) && bench.table.losses == 1)
        #expect(bench.table.workers[1]?.connections == 7)
    }

    @Test func whoIsNotReadyInTimeIsKilled() {
        var bench = Bench(ready: false)
        bench.passes(bench.table.rules.start)
        #expect(bench.actions.contains(.kill(slot: 0, .slowStart)))
    }

    @Test func theOldDrainWhenTheNewAreReady() {
        var bench = Bench()
        bench.begin(2, ready: false)
        #expect(bench.spawns == 6 && bench.actions == [] && bench.table.current?.number == 1)
        bench.allReady()
        #expect(
            bench.actions == [
                .tellToDrain(slot: 0), .tellToDrain(slot: 1), .tellToDrain(slot: 2), .serving(generation: 2),
            ])
        bench.dies(WorkerSeat(.smtp), .code(0), generation: 1)
        #expect(bench.spawns == 6 && bench.table.losses == 0, "nobody mourns")
    }

    @Test func aDrainThatTakesTooLongIsCutShort() {
        var bench = Bench()
        bench.begin(2)
        bench.passes(.seconds(14))
        #expect(bench.actions == [])
        for slot in 3...5 { bench.table.heard(slot: slot, connections: 0, now: bench.now) }
        bench.passes(.seconds(1))
        #expect(bench.actions == (0...2).map { .kill(slot: $0, .slowDrain) })
    }

    @Test func aGenerationThatCannotLiveIsGivenUp() {
        var bench = Bench()
        bench.begin(2, ready: false)
        bench.dies(WorkerSeat(.imap, 1), .code(78), generation: 2)
        #expect(bench.actions.contains(.givenUp(generation: 2, WorkerSeat(.imap, 1), .code(78))))
        #expect(bench.actions.contains(.kill(slot: 3, .unwanted)) && bench.actions.contains(.kill(slot: 5, .unwanted)))
        bench.dies(WorkerSeat(.smtp), .signal(9), generation: 2)
        bench.dies(WorkerSeat(.imap, 2), .signal(9), generation: 2)
        #expect(bench.table.current?.number == 1 && bench.states() == [.ready, .ready, .ready])
        #expect(bench.table.isServing && bench.table.candidate == nil)
    }

    @Test func aFirstStartThatRefusesEndsTheServerWithItsCode() {
        var bench = Bench(ready: false)
        bench.dies(WorkerSeat(.smtp), .code(69))
        bench.dies(WorkerSeat(.imap, 1), .signal(9))
        bench.dies(WorkerSeat(.imap, 2), .signal(9))
        #expect(bench.actions.last == .finished(code: 69))
    }

    @Test func aFirstStartThatCrashesIsTriedAgain() {
        var bench = Bench(ready: false)
        bench.dies(WorkerSeat(.smtp), .signal(11))
        #expect(bench.alive(WorkerSeat(.smtp)) && bench.table.phase == .serving)
    }

    @Test func aDeathDuringAReloadIsMendedInTheOldGeneration() {
        var bench = Bench()
        bench.begin(2, ready: false)
        bench.dies(WorkerSeat(.imap, 2), generation: 1)
        #expect(bench.table.workers.values.filter { $0.generation == 1 }.count == 3)
        #expect(bench.table.candidate?.number == 2)
        bench.allReady()
        #expect(bench.table.current?.number == 2 && bench.table.current?.posts[2].restarts == 1)
    }

    @Test func drainsAndEnds() {
        var bench = Bench()
        bench.take(bench.table.drain(now: .zero))
        #expect(bench.actions == (0...2).map { .tellToDrain(slot: $0) })
        for seat in Bench.seats { bench.dies(seat, .code(0)) }
        #expect(bench.actions.last == .finished(code: 0) && bench.spawns == 3)
    }

    @Test func endsAtOnceWhenToldAgain() {
        var bench = Bench()
        bench.take(bench.table.drain(now: .zero))
        bench.take(bench.table.endNow())
        #expect(bench.actions == (0...2).map { .kill(slot: $0, .unwanted) })
    }

    @Test func aStartThatFailsIsADeath() {
        var table = WorkerTable()
        _ = table.begin(generation: 1, [WorkerSeat(.smtp)], now: .zero)
        let actions = table.spawnFailed(slot: 0, now: .zero)
        #expect(actions == [.givenUp(generation: 1, WorkerSeat(.smtp), .code(71)), .finished(code: 71)])
    }

    @Test func slotsAreUniqueAndReused() {
        var bench = Bench()
        for generation in 2...10 {
            bench.begin(generation)
            for seat in Bench.seats { bench.dies(seat, .code(0), generation: generation - 1) }
        }
        #expect(bench.table.workers.count == 3)
        #expect(bench.table.workers.keys.allSatisfy { (0..<6).contains($0) })
    }

    @Test func noSlotIsWaitedFor() {
        var bench = Bench()
        for generation in 2..<22 { bench.begin(generation) }
        #expect(bench.table.workers.count == 63 && !bench.table.hasRoom(for: 3))
        bench.begin(22, ready: false)
        #expect(bench.table.workers.count == 64)
        bench.dies(WorkerSeat(.smtp), .code(0), generation: 1)
        bench.dies(WorkerSeat(.imap, 1), .code(0), generation: 1)
        bench.passes(WorkerTable.slotPause)
        #expect(bench.table.workers.values.filter { $0.generation == 22 }.count == 3)
    }
}

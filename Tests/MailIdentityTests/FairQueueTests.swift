import Glibc
import MailTransport
import Synchronization
import Testing

@testable import MailIdentity

@Suite struct FairQueueTests {
    private func drain(_ queue: inout FairQueue<String, String>) -> [String] {
        var all: [String] = []
        while let job = queue.next() { all.append(job) }
        return all
    }

    @Test func sourcesTakeTurns() {
        var queue = FairQueue<String, String>(perSource: 10, total: 100)
        for job in ["a1", "a2", "a3", "a4", "b1", "b2", "c1"] {
            let isTaken = queue.add(job, from: String(job.prefix(1)), isKnown: false)
            #expect(isTaken)
        }
        let served = drain(&queue)
        #expect(served == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"])
        #expect(queue.count == 0)
    }

    @Test func theKnownComeFirstAndStrangersComeToo() {
        var queue = FairQueue<String, String>(perSource: 10, total: 100)
        for number in 1...2 { _ = queue.add("s\(number)", from: "s", isKnown: false) }
        for number in 1...7 { _ = queue.add("k\(number)", from: "k", isKnown: true) }
        let served = drain(&queue)
        #expect(served == ["k1", "k2", "k3", "s1", "k4", "k5", "k6", "s2", "k7"])
    }

    /// Two lines of one source are still one source; then all of them are full.
    @Test func linesAreBounded() {
        var queue = FairQueue<String, String>(perSource: 2, total: 3)
        let rows = [
            ("a", false, true), ("a", true, true), ("a", false, false), ("b", false, true), ("c", false, false),
        ]
        for (source, isKnown, expected) in rows {
            let isTaken = queue.add("job", from: source, isKnown: isKnown)
            #expect(isTaken == expected, "\(source)")
        }
        let served = drain(&queue)
        #expect(served.count == 3)
        let again = queue.add("job", from: "a", isKnown: false)
        #expect(again)
    }

    @Test func aFloodWaitsBehindItself() async throws {
        let pool = BlockingPool(threads: 1)
        let queue = LoginQueue(pool, perSource: 50, total: 1_000)
        let (order, gate) = (Order(), Gate())
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await queue.run(from: "first", isKnown: false) { gate.pass() } }
            try? await Task.sleep(for: .milliseconds(50))
            for _ in 0..<60 {
                group.addTask {
                    do {
                        try await queue.run(from: "flood", isKnown: false) { order.add("flood") }
                    } catch { order.add("full") }
                }
            }
            try? await Task.sleep(for: .milliseconds(50))
            group.addTask {
                try? await queue.run(from: "friend", isKnown: false) { order.add("friend") }
            }
            try? await Task.sleep(for: .milliseconds(50))
            gate.open()
        }
        let all = order.all
        #expect(all.count { $0 == "full" } == 10 && all.count { $0 == "flood" } == 50)
        let served = all.filter { $0 != "full" }
        #expect(served.firstIndex(of: "friend").map { $0 <= 1 } == true, "\(served.prefix(5))")
        await pool.shutDown()
    }
}

private final class Order: Sendable {
    private let list = Mutex<[String]>([])
    func add(_ text: String) { list.withLock { $0.append(text) } }
    var all: [String] { list.withLock { $0 } }
}

/// Closed until it is opened; whoever passes waits on its thread.
private final class Gate: Sendable {
    private let isOpen = Atomic(false)
    func open() { isOpen.store(true, ordering: .releasing) }
    func pass() { while !isOpen.load(ordering: .acquiring) { usleep(1_000) } }
}

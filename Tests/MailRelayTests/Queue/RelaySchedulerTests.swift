import Foundation
import MailMessage
import MailStore
import Testing

@testable import MailRelay

/// A real queue, and next hops on real sockets.
@Suite struct RelaySchedulerTests {
    private let folder = NSTemporaryDirectory() + "posthus-scheduler-" + UUID().uuidString
    private let store: MailStore

    init() throws {
        try MailStore.create(at: folder, isTestStore: true)
        store = try MailStore(at: folder)
    }

    private func parts(
        _ plan: RelayPlan, _ hops: [String: [NextHop]], talk: TalkSettings? = nil
    ) throws -> RelayParts {
        RelayParts(
            store: store, serverName: "relay.test", plan: plan, talk: try talk ?? TalkCase.settings(),
            route: { domain, _ in hops[domain].map(RouteAnswer.hops) ?? .deferred(status: "4.4.3", reason: "nowhere") })
    }

    /// `tried`: it has waited already, and is due again.
    private func enqueue(_ count: Int, to domain: String, tried: Bool = false) async throws {
        let envelope = QueueEnvelope(sender: EmailAddress("a@x.test"), receivedAt: store.directory.clock())
        for number in 0..<count {
            let address = try #require(EmailAddress("b\(number)@\(domain)"))
            try await store.queue.enqueue(
                QueueSubmission(
                    StorableMessage(Array("Subject: hi\r\n\r\nhello\r\n".utf8)), envelope,
                    to: [
                        QueueRecipient(
                            destination: .remote(address), address: address, error: tried ? "450 later" : "")
                    ]))
        }
        if tried { try await store.queue.retryNow(domain) }
    }

    private func count(_ state: QueueLineState, to domain: String = "") async throws -> Int {
        try await store.queue.lines(limit: 1_000).count {
            $0.state == state && (domain.isEmpty || $0.destination == domain)
        }
    }

    private func wait(_ what: String, _ holds: () async throws -> Bool) async throws {
        for _ in 0..<600 {
            if try await holds() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("no \(what)")
    }

    private func end(_ scheduler: RelayScheduler, _ hops: ScriptedHop...) async {
        await scheduler.stop()
        for hop in hops { await hop.stop() }
        await store.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    static let polite = "S: 220 mx.test\nC~ EHLO\nS: 250 mx.test\n"
    static func takes(_ count: Int) -> String {
        polite
            + String(
                repeating: "C~ MAIL\nS: 250 ok\nC~ RCPT\nS: 250 ok\nC: DATA\nS: 354 go\n! data\nS: 250 ok\n",
                count: count) + "C: QUIT\nS: 221 bye\n"
    }

    /// Four silent destinations have more waiting than there is room for: half of it stays free, and new mail passes them.
    @Test func whatWaitsLeavesHalfOfTheRoomToNewMail() async throws {
        let silent = try await ScriptedHop("C~ NEVER")
        let fresh = try await ScriptedHop(Self.takes(3))
        var plan = RelayPlan()
        (plan.recipientsInHand, plan.batch, plan.recipientsPerDestination) = (20, 5, 20)
        (plan.stopSeconds, plan.connectionsPerHost) = (0, 1)
        var hops = ["fresh.test": [fresh.hop(host: "fresh.test")]]
        for name in ["a", "b", "c", "d"] {
            hops["\(name).test"] = [silent.hop(host: "\(name).test")]
            try await enqueue(10, to: "\(name).test", tried: true)
        }
        let scheduler = RelayScheduler(try parts(plan, hops))
        await scheduler.fill()
        #expect(try await count(.trying) == 10)
        // The pause between two looks at what waits is over, and nothing more is taken of it.
        try await Task.sleep(for: .milliseconds(1_100))
        await scheduler.fill()
        #expect(try await count(.trying) == 10)
        try await enqueue(3, to: "fresh.test")
        await scheduler.fill()
        try await wait("new mail at its host") { fresh.seen.contents.count == 3 }
        await end(scheduler, silent, fresh)
    }

    /// RFC 5321 §5.1: who does not take it now may have a neighbour that does; who refuses it for good has the last word.
    @Test(arguments: [("450 4.2.0 later", 1, 0), ("550 5.1.1 no", 0, 0)])
    func theNeighbourIsAskedAfterA4xx(answer: String, delivered: Int, left: Int) async throws {
        let first = try await ScriptedHop(
            Self.polite + "C~ MAIL\nS: 250 ok\nC~ RCPT\nS: \(answer)\nC: QUIT\nS: 221 bye\n")
        let second = try await ScriptedHop(Self.takes(1))
        var plan = RelayPlan()
        plan.stopSeconds = 2
        let hops = ["two.test": [first.hop(host: "mx1.test"), second.hop(host: "mx2.test")]]
        let scheduler = RelayScheduler(try parts(plan, hops))
        try await enqueue(1, to: "two.test")
        await scheduler.fill()
        try await wait("end of it") {
            try await count(.trying, to: "two.test") + count(.waiting, to: "two.test") == left
                && first.seen.connections == 1
        }
        #expect(second.seen.contents.count == delivered)
        await end(scheduler, first, second)
    }

    /// Both hosts say no for now: it waits, with the last one's words.
    @Test func afterTheLastNeighbourItWaits() async throws {
        let script = Self.polite + "C~ MAIL\nS: 250 ok\nC~ RCPT\nS: 450 4.2.0 later\nC: QUIT\nS: 221 bye\n"
        let (first, second) = (try await ScriptedHop(script), try await ScriptedHop(script))
        let hops = ["two.test": [first.hop(host: "mx1.test"), second.hop(host: "mx2.test")]]
        let scheduler = RelayScheduler(try parts(RelayPlan(), hops))
        try await enqueue(1, to: "two.test")
        await scheduler.fill()
        try await wait("waiting") { try await count(.waiting) == 1 && second.seen.connections == 1 }
        let line = try #require(try await store.queue.lines(limit: 1).first)
        #expect(line.lastError == "mx2.test: 450 4.2.0 later")
        await end(scheduler, first, second)
    }

    /// Every answer comes within its own time and all of them never end: the message gives up its worker to the next one.
    @Test func whoDripsHoldsAWorkerForSoLongAndNoLonger() async throws {
        let slow = String(repeating: "C~ RCPT\n! drip 250 ok\n", count: 200)
        let dripping = try await ScriptedHop(Self.polite + "C~ MAIL\nS: 250 ok\n" + slow)
        var talk = try TalkCase.settings()
        talk.longestSeconds = 3
        var plan = RelayPlan()
        plan.connectionsPerHost = 1
        let hops = ["drip.test": [dripping.hop(host: "mx1.test"), dripping.hop(host: "mx2.test")]]
        let scheduler = RelayScheduler(try parts(plan, hops, talk: talk))
        let recipients = (0..<200).compactMap { EmailAddress("b\($0)@drip.test") }
        try await store.queue.enqueue(
            QueueSubmission(
                StorableMessage(Array("Subject: hi\r\n\r\nhello\r\n".utf8)),
                QueueEnvelope(sender: EmailAddress("a@x.test"), receivedAt: store.directory.clock()),
                to: recipients.map { QueueRecipient(destination: .remote($0), address: $0) }))
        let begun = ContinuousClock.now
        await scheduler.fill()
        try await wait("waiting") { try await count(.waiting) == 200 }
        // Two hundred answers that drip would take minutes.
        #expect(ContinuousClock.now - begun < .seconds(60))
        let line = try #require(try await store.queue.lines(limit: 1).first)
        #expect(line.lastError.contains("had not taken the message after"), "\(line.lastError)")
        await end(scheduler, dripping)
    }

    @Test func aMessageThatNeedsNoTLSIsRelaxedAndAnOperatorsRouteIsNot() throws {
        let sts = TLSPolicy(.sts, domain: "y.test", lines: [], hosts: ["mx.test"])
        let hop = NextHop(
            host: "mx.test", port: 25, addresses: [], tls: .verified(names: ["mx.test"]), policy: sts)
        let route = NextHop(host: "smart.test", port: 25, addresses: [], tls: .verified(names: ["smart.test"]))
        func demands(_ traits: QueueTraits, _ hop: NextHop) throws -> [TLSDemand] {
            var envelope = QueueEnvelope(sender: nil, receivedAt: 1)
            envelope.traits = traits
            let address = try #require(EmailAddress("b@y.test"))
            let recipient = QueuedRecipient(
                number: 0, destination: .remote(address), address: address, attempts: 0, lastError: "",
                wasInterrupted: false, notice: .none)
            let message = QueuedMessage(
                id: QueueID(1), envelope: envelope, size: 1, expiresAt: 9, recipients: [recipient])
            return RelayJob.jobs(of: message, routes: ["y.test": .hops([hop])]).jobs.flatMap(\.hops).map(\.tls)
        }
        // RFC 8689 §3: the sender's wish beats what the domain announces, and neither REQUIRETLS nor the operator.
        #expect(try demands([], hop) == [.verified(names: ["mx.test"])])
        #expect(try demands(.tlsOptional, hop) == [.opportunistic])
        #expect(try demands([.tlsOptional, .requiresTLS], hop) == [.verified(names: ["mx.test"])])
        #expect(try demands(.tlsOptional, route) == [.verified(names: ["smart.test"])])
    }
}

import MailMessage
import MailStore
import Testing

@testable import MailRelay

@Suite struct JobRoundsTests {
    private static let hops = ["a", "b"].map { NextHop(host: $0, port: 25, addresses: [], tls: .opportunistic) }
    private static let (gone, later) = (
        HopReply(host: "a", code: 250, status: "2.0.0", text: "OK"),
        HopReply(host: "a", code: 451, status: "4.3.0", text: "later")
    )
    private static let full = HopReply(host: "a", code: 452, status: "4.5.3", text: "enough")
    private static let lacking = HopReply(status: "5.7.30", text: "a does not offer REQUIRETLS")
    private static let silent = HopReply(status: "4.4.1", text: "silent")

    private static func rounds(_ count: Int, _ hops: [NextHop] = hops) -> JobRounds {
        let recipients = (0..<count).compactMap { number -> QueuedRecipient? in
            guard let address = EmailAddress("u\(number)@x.test") else { return nil }
            return QueuedRecipient(
                number: number, destination: .remote(address), address: address, attempts: 0, lastError: "",
                wasInterrupted: false, notice: .none)
        }
        let message = QueuedMessage(
            id: QueueID(1), envelope: QueueEnvelope(sender: nil, receivedAt: 1), size: 1, expiresAt: 9,
            recipients: recipients)
        return JobRounds(
            RelayJob(message: message, destinations: recipients.compactMap(RelayRecipient.init), hops: hops))
    }

    /// The answers of one transaction at one host, over a connection that has had so many.
    private static func take(_ rounds: inout JobRounds, _ host: Int, _ results: [HopResult], isNew: Bool = true) -> Bool
    {
        rounds.take(zip(rounds.rest, results).map { ($0, $1) }, of: hops[host], isNew: isNew)
    }

    private static func texts(_ rounds: JobRounds) -> [String] {
        rounds.results(orElse: "lost").sorted { $0.0.number < $1.0.number }.map { "\($0.0.number) \(word($0.1))" }
    }

    private static func word(_ result: HopResult) -> String {
        switch result {
        case .delivered: "delivered"
        case .deferred(let reply): "deferred \(reply.text)"
        case .failed(let reply): "failed \(reply.text)"
        case .postponed: "postponed"
        }
    }

    private static let delivered = HopResult.delivered(gone, supportsDSN: false, tls: "")

    /// One is taken, the other one told to come again at once; then later: the first must not be forgotten.
    @Test func whatIsSettledStays() {
        var rounds = Self.rounds(3)
        let bounced = HopResult.failed(HopReply(host: "a", code: 550, status: "5.1.1", text: "nobody"))
        #expect(Self.take(&rounds, 0, [Self.delivered, .postponed(Self.full), bounced]))
        #expect(!Self.take(&rounds, 0, [.deferred(Self.later)], isNew: false))
        #expect(rounds.hopsLeft.map(\.host) == ["b"])
        #expect(Self.texts(rounds) == ["0 delivered", "1 deferred later", "2 failed nobody"])
        #expect(Self.take(&rounds, 1, [Self.delivered]))
        #expect(Self.texts(rounds) == ["0 delivered", "1 delivered", "2 failed nobody"])
    }

    /// RFC 8689 §4.2.1: each host is asked before the message is given up; one that cannot be asked may be asked later.
    @Test func eachHostIsAskedForWhatTheMessageNeeds() {
        var rounds = Self.rounds(1)
        #expect(!Self.take(&rounds, 0, [.failed(Self.lacking)]))
        var unreached = rounds
        unreached.lastFailure = Self.silent
        #expect(Self.texts(unreached) == ["0 deferred silent"])
        #expect(Self.take(&rounds, 1, [.failed(Self.lacking)]))
        #expect(Self.texts(rounds) == ["0 failed a does not offer REQUIRETLS"])
    }

    @Test func theLastHostsWordCounts() {
        var rounds = Self.rounds(1, [Self.hops[0]])
        #expect(Self.take(&rounds, 0, [.deferred(Self.later)]))
        #expect(Self.texts(rounds) == ["0 deferred later"])
    }

    @Test func whoHangsUpAtOnceHasANeighbour() {
        var rounds = Self.rounds(2)
        let closed = HopReply(status: "4.4.2", text: "a had closed the connection")
        #expect(!Self.take(&rounds, 0, [.postponed(closed), .postponed(closed)]))
        #expect(
            rounds.hopsLeft.map(\.host) == ["b"]
                && Self.texts(rounds) == [
                    "0 deferred a had closed the connection", "1 deferred a had closed the connection",
                ])
        #expect(!Self.take(&rounds, 1, [.postponed(closed), .postponed(closed)]))
        #expect(rounds.hopsLeft.isEmpty)
    }

    @Test func nobodyWhoMayHaveItIsAskedTwice() {
        var rounds = Self.rounds(1)
        var doubtful = Self.later
        doubtful.mayHaveArrived = true
        #expect(Self.take(&rounds, 0, [.deferred(doubtful)]))
        #expect(Self.texts(rounds) == ["0 deferred later"])
    }
}

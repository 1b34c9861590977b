import MailMessage
import MailNetwork
import MailStore
import Testing

@testable import MailRelay

@Suite struct HostLaneTests {
    static func job(_ number: Int64) -> RelayJob {
        let message = QueuedMessage(
            id: QueueID(number), envelope: QueueEnvelope(sender: nil, receivedAt: 1), size: 1, expiresAt: 9,
            recipients: [])
        return RelayJob(message: message, destinations: [], hops: [])
    }

    @Test func firstInFirstOutHoweverMany() {
        var lane = HostLane()
        for number in 1...500 { lane.append(Self.job(Int64(number))) }
        #expect((1...300).allSatisfy { lane.next()?.message.id.value == Int64($0) })
        #expect(lane.count == 200)
        #expect(lane.takeAll().map(\.message.id.value) == (301...500).map(Int64.init))
        #expect(lane.next() == nil && lane.count == 0)
    }

    @Test func whoFailsIsTriedWithOneConnection() {
        var lane = HostLane()
        for number in 1...5 { lane.append(Self.job(Int64(number))) }
        lane.workers = 1
        #expect(lane.wantsWorker(limit: 20) && !lane.wantsWorker(limit: 1))
        lane.failed(HopReply(status: "4.4.1", text: "silent"), at: 100, rest: 60)
        #expect(!lane.wantsWorker(limit: 20))
        #expect(lane.isResting(at: 159) && !lane.isResting(at: 160))
        lane.answered()
        #expect(lane.wantsWorker(limit: 20) && !lane.isResting(at: 101))
    }

    @Test func aDeadHostIsForgottenInTheEnd() {
        var lane = HostLane()
        lane.failed(HopReply(status: "4.4.1", text: "silent"), at: 100, rest: 60)
        #expect(!lane.isUnused && !lane.isForgotten(at: 220, after: 60))
        #expect(lane.isForgotten(at: 221, after: 60))
        lane.append(Self.job(1))
        #expect(!lane.isForgotten(at: 221, after: 60))
    }

    @Test func announcementsAreRelaxedAndRoutesAreNot() {
        var hop = NextHop(host: "mx.test", port: 25, addresses: [], tls: .verified(names: ["mx.test"]))
        #expect(hop.relaxed == hop)
        hop.policy = TLSPolicy(.sts, domain: "x.test", lines: [], hosts: [])
        #expect(hop.relaxed.tls == .opportunistic)
    }
}

import MailMessage
import MailNetwork
import MailStore
import Testing

@testable import MailRelay

@Suite struct HostLaneTests {
    private static func hop(_ host: String, _ tls: TLSDemand = .opportunistic) -> NextHop {
        NextHop(host: host, port: 25, addresses: [], tls: tls)
    }

    static func job(_ number: Int64, _ hops: [NextHop] = [hop("a")]) -> RelayJob {
        let message = QueuedMessage(
            id: QueueID(number), envelope: QueueEnvelope(sender: nil, receivedAt: 1), size: 1, expiresAt: 9,
            recipients: [])
        return RelayJob(message: message, destinations: [], hops: hops)
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
        lane.failed(HopReply(status: "4.4.1", text: "silent"), hosts: ["a:25"], at: 100, rest: 60)
        #expect(!lane.wantsWorker(limit: 20))
        #expect(lane.isResting(Self.job(9), at: 159) && !lane.isResting(Self.job(9), at: 160))
        lane.answered()
        #expect(lane.wantsWorker(limit: 20) && !lane.isResting(Self.job(9), at: 101))
    }

    /// RFC 5321 §5.1: whose mail may also go to a neighbour does not wait for the host that is down.
    @Test func whoHasANeighbourIsNotHeldUp() {
        var lane = HostLane()
        let (alone, both) = (Self.job(1), Self.job(2, [Self.hop("a"), Self.hop("b")]))
        for job in [alone, both] { lane.append(job) }
        lane.failed(HopReply(status: "4.4.1", text: "silent"), hosts: ["a:25"], at: 100, rest: 60)
        #expect(lane.isResting(alone, at: 101) && !lane.isResting(both, at: 101))
        #expect(lane.takeResting().map(\.message.id.value) == [1] && lane.count == 1)
        lane.failed(HopReply(status: "4.4.1", text: "silent"), hosts: ["a:25", "b:25"], at: 100, rest: 60)
        #expect(lane.isResting(both, at: 101) && lane.takeResting().map(\.message.id.value) == [2])
    }

    /// One message that demands a certificate stops nobody's mail to the same host.
    @Test func aDemandTakesAlongItsOwnKind() {
        var lane = HostLane()
        for (number, demand) in [(1, .opportunistic), (2, .verified(names: ["a"])), (3, .opportunistic)]
            as [(Int64, TLSDemand)]
        {
            lane.append(Self.job(number, [Self.hop("a", demand)]))
        }
        let way = [Self.hop("a", .verified(names: ["a"]))]
        #expect(lane.take { $0.hops == way }.map(\.message.id.value) == [2])
        #expect(lane.next()?.message.id.value == 1 && lane.next()?.message.id.value == 3)
    }

    @Test func aDeadHostIsForgottenInTheEnd() {
        var lane = HostLane()
        lane.failed(HopReply(status: "4.4.1", text: "silent"), hosts: ["a:25"], at: 100, rest: 60)
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

import MailMessage
import MailNetwork
import MailStore
import MailTransport
import MailTransportTesting
import MailWire
import Testing

@testable import MailSessions

/// The memory of connections: what stays, what goes.
@Suite struct AttemptRingTests {
    private let peers = ["192.0.2.1", "192.0.2.2", "2001:db8::1"].compactMap { IPAddress($0) }

    private func entry(
        _ peer: Int, at: EpochSeconds, _ service: String = "imaps"
    ) async -> AttemptRing.Entry {
        let (connection, far) = await MemoryConnection.make(
            service: service, peer: PeerAddress(ip: peers[peer], port: 4_711))
        let origin = connection.origin
        await far.reset()
        return AttemptRing.Entry(origin, at: at)
    }

    private func times(_ ring: AttemptRing) -> [EpochSeconds] { ring.attempts { _ in true }.map(\.at) }

    @Test func theOldestGivesWay() async {
        var ring = AttemptRing(capacity: 3)
        var first: AttemptRing.Entry?
        for second in 1...3 {
            let next = await entry(0, at: EpochSeconds(second))
            first = first ?? next
            ring.insert(next)
        }
        #expect(times(ring) == [1, 2, 3] && ring.forgottenAt == nil)
        guard let first else { return #expect(Bool(false)) }
        ring.update(first.id) { $0.client = "x" }
        ring.insert(first)  // known already
        #expect(ring.attempts { _ in true }.map(\.client) == ["x", nil, nil])
        for second in 4...8 { ring.insert(await entry(0, at: EpochSeconds(second))) }
        #expect(times(ring) == [6, 7, 8] && ring.forgottenAt == 5 && !ring.knows(first.id))
        ring.update(first.id) { $0.client = "too late" }
        #expect(ring.attempts { _ in true }.allSatisfy { $0.client == nil })
    }

    /// Whoever hammers at a closed door makes nobody forgotten.
    @Test func repeatedRefusalsAreCounted() async {
        var ring = AttemptRing(capacity: 4)
        ring.insert(await entry(1, at: 1))
        for second in 2...50 { ring.refuse(await entry(0, at: EpochSeconds(second)), reason: "blocked") }
        ring.refuse(await entry(0, at: 51, "pop3s"), reason: "blocked")
        ring.refuse(await entry(0, at: 52, "pop3s"), reason: "overload")
        let all = ring.attempts { _ in true }
        #expect(all.map(\.at) == [1, 2, 51, 52] && all.map { $0.end?.repeats } == [nil, 48, 0, 0])
        // Long after, and after it has been forgotten: kept again.
        ring.refuse(await entry(0, at: 112, "pop3s"), reason: "overload")
        #expect(times(ring) == [2, 51, 52, 112])
        for second in 200...203 { ring.insert(await entry(1, at: EpochSeconds(second))) }
        ring.refuse(await entry(0, at: 113, "pop3s"), reason: "overload")
        #expect(times(ring) == [201, 202, 203, 113])
    }

    @Test func whoIsMeant() async {
        let log = AttemptLog { 100 }
        for peer in 0...2 {
            let (connection, far) = await MemoryConnection.make(peer: PeerAddress(ip: peers[peer], port: 1))
            log.arrived(connection.origin)
            await far.reset()
        }
        func found(_ prefix: String, _ since: EpochSeconds = 100, _ until: EpochSeconds = 100) -> [String] {
            log.attempts(.from(prefix, since: since, until: until)).map(\.peer)
        }
        #expect(found("192.0.2.1") == ["192.0.2.1"] && found("192.0.2.0/24") == ["192.0.2.1", "192.0.2.2"])
        #expect(found("2001:db8::/32") == ["2001:db8::1"] && found("192.0.2.3").isEmpty && found("x").isEmpty)
        #expect(found("192.0.2.1", 101, .max).isEmpty && found("192.0.2.1", 0, 99).isEmpty)
        #expect(found("192.0.2.1", 9, 3).isEmpty && found("192.0.2.1", .min, .max).count == 1)
        #expect(log.since == 100 && log.limit == AttemptRing.mostAttempts)
    }

    private func claim(_ fields: [(String, String?)]) -> ProbeClaim? {
        ProbeClaim(fields.map { IDField(name: Array($0.0.utf8), value: $0.1.map { Array($0.utf8) }) })
    }

    @Test func claimsOfMailProbe() throws {
        let (token, digest) = ("abcdefghij234567abcd", String(repeating: "0a", count: 32))
        let whole = try #require(
            claim([
                ("name", "mail-probe"), ("X-Probe-Token", token), ("x-probe-address", "[2001:db8::1]:51234"),
                ("x-probe-tls", "TLSv1.3 TLS_AES_256_GCM_SHA384"), ("x-probe-certificate", digest),
            ]))
        #expect(whole.token.description == token && whole.address == "[2001:db8::1]:51234")
        #expect(whole.tls == "TLSv1.3 TLS_AES_256_GCM_SHA384" && whole.certificate == digest)
        for (name, value) in [
            ("x-probe-address", "10.0.0.1"), ("x-probe-address", "a\tb"), ("x-probe-tls", "a\tb"), ("x-probe-tls", ""),
            ("x-probe-tls", String(repeating: "x", count: 81)), ("x-probe-certificate", digest + "0"),
            ("x-probe-certificate", String(repeating: "0A", count: 32)),
        ] { #expect(claim([("x-probe-token", token), (name, value)]) == claim([("x-probe-token", token)]), "\(name)") }
        #expect(claim([]) == nil && claim([("x-probe-address", "10.0.0.1:1")]) == nil)
        #expect(claim([("x-probe-token", nil)]) == nil && claim([("x-probe-token", token + "a")]) == nil)
    }
}

import Glibc
import MailNetwork
import Testing

@testable import MailDial
@testable import MailProbe

/// What servers that answer strangely are taken for.
@Suite struct EvidenceTests {
    private static func visit(
        _ peer: PeerAddress, _ service: Service, _ security: Security, whole: Int = 600
    ) throws -> Visit {
        var options = ProbeOptions()
        options.targets = ["mail.uni.example"]
        var plan = try options.request(login: nil).plan
        (plan.patience.answer, plan.patience.handshake, plan.patience.whole) = (150, 400, whole)
        let endpoint = Endpoint(service, security, "mail.uni.example", port: peer.port)
        let deadline = Deadline.after(milliseconds: plan.patience.whole)
        return Visit(endpoint: endpoint, peer: peer, plan: plan, deadline: deadline)
    }

    private static func findings(
        _ server: ScriptedServer, _ service: Service, _ security: Security, whole: Int = 600
    ) async throws -> [Finding] {
        let probe = EndpointProbe(visit: try visit(server.address, service, security, whole: whole), isFirst: false)
        let evidence = await BlockingThread.run { probe.run() }
        return EndpointJudge.findings(evidence, Policy(now: 0))
    }

    /// A server that lets nobody in at the moment refuses nothing in particular.
    @Test func whoWasNotAskedHasNotRefused() async throws {
        let closed = HandshakeScan(visit: try Self.visit(try ScriptedServer.closedPort(), .imap, .tls))
        #expect(await BlockingThread.run { closed.run() }.isWhole == false)
        let silent = try ScriptedServer { _ in nil }
        let scan = HandshakeScan(visit: try Self.visit(silent.address, .imap, .tls))
        #expect(await BlockingThread.run { scan.run() }.isWhole == false)
        let busy = try ScriptedServer(greeting: "421 too many\r\n") { _ in Array("421 too many\r\n".utf8) }
        let full = HandshakeScan(visit: try Self.visit(busy.address, .submission, .starttls))
        #expect(await BlockingThread.run { full.run() }.isWhole == false)
    }

    @Test func anAlertIsARefusal() async throws {
        let server = try ScriptedServer { _ in [21, 3, 1, 0, 2, 2, 70] }
        let scan = HandshakeScan(visit: try Self.visit(server.address, .imap, .tls, whole: 60_000))
        #expect(await BlockingThread.run { scan.run() }.isWhole)
    }

    /// Who knows no CAPA has said nothing of USER (RFC 2449 §3).
    @Test func aListThatWasNeverSentPromisesNoPassword() async throws {
        let server = try ScriptedServer(greeting: "+OK ready\r\n") { _ in Array("-ERR unknown command\r\n".utf8) }
        let found = try await Self.findings(server, .pop3, .starttls)
        #expect(found.first { $0.check == "auth.before-tls" }?.status == .skipped)
        let missing = try #require(found.first { $0.check == "tls.starttls.missing" })
        #expect(missing.status == .critical && missing.facts["capabilities"] == nil)
    }

    @Test func whoGreetsAndStallsHasGreeted() async throws {
        let server = try ScriptedServer(greeting: "220 mail.uni.example ESMTP\r\n") { _ in nil }
        let found = try await Self.findings(server, .submission, .starttls)
        let silent = try #require(found.first { $0.check == "proto.silent" })
        let words = FindingWords(language: .english, audience: .user, client: .any).message(silent)
        #expect(words.contains("but said nothing after its greeting within"), "\(words)")
        let swedish = FindingWords(language: .swedish, audience: .user, client: .any).message(silent)
        #expect(swedish.contains("men sade inget efter sin hälsning på"), "\(swedish)")
    }

    /// Only the time that it was silent, not that of the whole visit.
    @Test func howLongAServerWasSilent() async throws {
        let server = try ScriptedServer(greeting: "220 mail.uni.example ESMTP\r\n") { line in
            guard line.hasPrefix("EHLO") else { return nil }
            usleep(700_000)
            return Array("502 no\r\n".utf8)
        }
        let found = try await Self.findings(server, .submission, .starttls, whole: 1_500)
        let silent = try #require(found.first { $0.check == "proto.silent" })
        guard case .milliseconds(let span) = silent.facts["after"] else {
            Issue.record("no span")
            return
        }
        #expect(span < 1_200, "\(span)")
    }

    /// A hole on the way that swallows long packets, say.
    @Test func halfAHandshakeIsNoSilence() async throws {
        let server = try ScriptedServer { _ in [22, 3, 3, 0, 90, 2, 0, 0, 86, 3, 3] }
        let found = try await Self.findings(server, .imap, .tls)
        #expect(found.first(where: \.isProblem)?.check == "tls.handshake")
    }
}

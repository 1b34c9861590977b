import Foundation
import MailMessage
import MailStore
import Testing

@testable import MailAdmin

/// What is told of attempts, and what follows from them.
@Suite struct ProbeReportTests {
    private static let token = "abcdefghij234567abcd"

    private static func attempt(
        _ service: String = "imaps", peer: String = "198.51.100.7", at: EpochSeconds = 1_000, id: String = "1.1",
        _ change: (inout ConnectionAttempt) -> Void = { _ in }
    ) -> ConnectionAttempt {
        var attempt = ConnectionAttempt(id: id, at: at, service: service, port: 993, peer: peer, peerPort: 40_000)
        change(&attempt)
        return attempt
    }

    private static func failed(_ reason: String, _ change: (inout AttemptEnd) -> Void = { _ in }) -> ConnectionAttempt {
        var end = AttemptEnd(AttemptEnd.handshakeFailed, reason: reason)
        change(&end)
        return attempt {
            $0.end = end
            $0.tls.offered = "TLSv1.1"
        }
    }

    private static func session(
        _ service: String = "imap", tls: String? = nil, kind: String = "closed", last: String? = nil,
        login: String? = nil,
        misstep: Misstep? = nil
    ) -> ConnectionAttempt {
        attempt(service) {
            $0.tls.version = tls
            $0.login.result = login
            $0.misstep = misstep
            $0.end = AttemptEnd(kind)
            $0.end?.command = last
            $0.end?.commands = last == nil ? 0 : 2
        }
    }

    @Test(arguments: [
        (
            failed("alert") { $0.alert = 48 },
            "TLS handshake failed: the client does not trust the certificate (alert unknown ca)"
        ),
        (failed("alert") { $0.alert = 199 }, "TLS handshake failed: the client sent alert 199"),
        (failed("plaintext"), "plain text on the TLS port"), (failed("http"), "an HTTP request on the TLS port"),
        (
            failed("version"),
            "TLS handshake failed: the client offers TLSv1.1 at most, and this server begins with TLSv1.2"
        ),
        (
            failed("silence") { $0.seconds = 12 },
            "no TLS hello in 12 s on the TLS port: the client waits for a greeting, as with STARTTLS"
        ),
        (failed("silence"), "connected to the TLS port and hung up without a word"),
        (failed("other") { $0.detail = "bad length" }, "TLS handshake failed: bad length"),
        (failed("of a newer worker") { $0.detail = "x" }, "TLS handshake failed: x"),
        (
            attempt { $0.end = AttemptEnd(AttemptEnd.refused, reason: "blocked") },
            "refused: the address is blocked (mailctl block list)"
        ),
        (
            attempt {
                $0.end = AttemptEnd(AttemptEnd.refused, reason: "too_many")
                $0.end?.repeats = 7
            }, "refused: the server has as many connections as it may, and 7 times more"
        ),
        (attempt(), "open: no TLS hello has come yet"), (attempt("imap"), "open: no login yet"),
        (session(last: "capability"), "ended after CAPABILITY without TLS or a login"),
        (session("imaps", tls: "TLSv1.3", last: "capability"), "ended after CAPABILITY without a login"),
        (session("smtp", tls: "TLSv1.3", kind: "quit", last: "quit"), "ended after QUIT"),
        (
            session("smtp", kind: "timeout", last: "ehlo"),
            "ended after EHLO without TLS, ended because nothing came for too long"
        ),
        (session(kind: "reset"), "said nothing after the greeting, ended by a reset"),
        (
            session("submission", tls: "TLSv1.3", last: "starttls"),
            "TLS was made, and then came no command: some programs do so when they do not trust the certificate, ended without a word"
        ),
        (session("imaps", tls: "TLSv1.3", login: "badpw"), "login refused: wrong name or password"),
        (session("imaps", tls: "TLSv1.3", kind: "quit", login: "ok"), "logged in, ended in good order"),
        (
            session("submission", tls: "TLSv1.3", kind: "quit", login: "ok", misstep: .sender),
            "logged in; mail refused: the sender's address is not one of the account's, ended in good order"
        ),
        (session(misstep: .loginWithoutTLS), "login refused: no TLS, the client is set to no encryption"),
        (
            session("submission", misstep: .tlsHello),
            "TLS hello where plain text comes first: the client is set to SSL/TLS, and port 993 begins with STARTTLS"
        ),
    ]) func sentences(attempt: ConnectionAttempt, words: String) { #expect(attempt.what == words) }

    /// Nobody is left without a sentence.
    @Test func everyMisstepHasWords() {
        for step in Misstep.allCases { #expect(Self.session(misstep: step).what.count > 15, "\(step)") }
        for alert in 0...255 {
            #expect(Self.failed("alert") { $0.alert = alert }.what.contains("alert"), "\(alert)")
        }
    }

    private static func told(
        _ address: String? = nil, tls: String? = nil, certificate: String? = nil, shown: String? = nil,
        _ change: (inout ConnectionAttempt) -> Void = { _ in }
    ) -> ConnectionAttempt {
        attempt {
            $0.tls.version = "TLSv1.3"
            $0.tls.cipher = "A"
            $0.probe = ProbeToken(token).map { ProbeClaim(token: $0) }
            $0.probe?.address = address
            $0.probe?.tls = tls
            $0.probe?.certificate = certificate
            $0.probe?.shownCertificate = shown
            change(&$0)
        }
    }

    @Test(arguments: [
        (told("198.51.100.7:40000", tls: "TLSv1.3 A", certificate: "aa", shown: "aa"), []),
        (told("192.168.1.20:40000"), ["address_translated"]), (told("[2001:db8::1]:40000"), ["address_translated"]),
        (told("198.51.100.7:40001"), ["passed_on"]), (told("127.0.0.1:40000"), ["passed_on"]), (told("x"), []),
        (told(tls: "TLSv1.2 A"), ["encryption_opened"]), (told(tls: "TLSv1.3 B"), ["encryption_opened"]),
        (told(certificate: "aa", shown: "bb"), ["encryption_opened"]), (told(certificate: "aa"), []),
        (told(tls: "TLSv1.3 A") { $0.tls = AttemptTLS() }, ["encryption_opened"]),
        // The registry and OpenSSL name the suites of older versions differently.
        (
            told(tls: "TLSv1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384") {
                $0.tls.version = "TLSv1.2"
                $0.tls.cipher = "ECDHE-RSA-AES256-GCM-SHA384"
            }, []
        ),
        (told(tls: "TLSv1.3 A") { $0.tls.version = "TLSv1.2" }, ["encryption_opened"]),
        (
            told {
                $0.tls.serverName = "x.test"
                $0.tls.isServed = false
            }, ["name_not_served"]
        ),
        (
            told {
                $0.tls.serverName = "192.0.2.1"
                $0.tls.isServed = false
            }, []
        ), (told { $0.tls.serverName = "x.test" }, []), (attempt(), []),
    ]) func conclusions(attempt: ConnectionAttempt, ids: [String]) {
        #expect(ProbeConclusion.of(attempt).map(\.id) == ids)
    }

    @Test func silentPorts() {
        let all = [("imaps", 993), ("submission", 587), ("pop3s", 995), ("smtp", 25), ("submissions", 465)]
        func memory(_ since: EpochSeconds, _ ports: [(String, Int)]) -> AttemptMemory {
            AttemptMemory(since: since, limit: 1, ports: ports.map { .init(service: $0.0, number: $0.1) })
        }
        func ids(_ attempts: [ConnectionAttempt], _ memories: [AttemptMemory]) -> [String] {
            ProbeConclusion.silentPorts(attempts, memories, since: 500).map(\.id)
        }
        #expect(ids([Self.attempt()], [memory(0, all)]) == ["nothing_on_587", "nothing_on_995"])
        #expect(ids([Self.attempt("smtp")], [memory(0, all)]).count == 3)
        // Nothing came at all, nobody was there to see it, or not all of the time.
        #expect(ids([], [memory(0, all)]).isEmpty && ids([Self.attempt("smtp")], []).isEmpty)
        #expect(ids([Self.attempt()], [memory(0, all), memory(501, [("pop3s", 995)])]) == ["nothing_on_587"])
        #expect(ids([Self.attempt()], [memory(500, all), memory(500, [("pop3s", 1_995)])]).contains("nothing_on_1995"))
    }

    private func administration(
        _ attempts: [ConnectionAttempt], _ body: (Administration, MailStore) async throws -> Void
    ) async throws {
        let path = NSTemporaryDirectory() + "probe-report-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try MailStore.create(at: path, isTestStore: true)
        let store = try MailStore(at: path)
        let worker = PresenceSocket(store: path)
        try worker.open { request in
            switch request {
            case .attempts(.token(let token)): attempts.filter { $0.probe?.token == token }.map(\.line)
            case .attempts(.from(let peer, let since, let until)):
                attempts.filter { $0.peer == peer.split(separator: "/")[0] && (since...until).contains($0.at) }.map(
                    \.line)
            case .memory: [AttemptMemory(since: 0, limit: 9, ports: [.init(service: "pop3s", number: 995)]).line]
            case .list, .close, .failures, .unlock: []
            }
        }
        try await body(
            Administration(store: store, actor: AuditActor(name: "t", uid: 0, tool: "t"), clock: { 2_000 }), store)
        worker.close()
        await store.close()
    }

    @Test func whatBelongsToAToken() async throws {
        let other = ProbeToken("bbbbbbbbbbbbbbbbbbbb").map { ProbeClaim(token: $0) }
        let attempts = [
            Self.told { $0.end = AttemptEnd("quit") }, Self.attempt(at: 939, id: "early"),
            Self.attempt("submission", at: 940, id: "first"), Self.attempt("submission", at: 1_060, id: "last"),
            Self.attempt(at: 1_061, id: "late"), Self.attempt(peer: "198.51.100.8", id: "elsewhere"),
            Self.attempt(id: "another run") { $0.probe = other },
        ]
        try await administration(attempts) { administration, _ in
            let token = try #require(ProbeToken(Self.token))
            let report = try administration.probeReport(token)
            #expect(report.attempts.map(\.attempt.id) == ["first", "1.1", "last"])
            #expect(report.attempts.map(\.evidence) == [.inferred, .carried, .inferred])
            #expect(report.attempts.map(\.conclusions) == [[], ["nothing_on_995"], []])
            #expect(report.conclusions.map(\.id) == ["nothing_on_995"] && report.limit == 9)
            #expect(try administration.probeReport(#require(ProbeToken("22222222222222222222"))).attempts.isEmpty)
            let address = try administration.probeReport(from: "198.51.100.7", since: 1_000)
            #expect(address.attempts.count == 4 && address.attempts.allSatisfy { $0.evidence == .address })
            #expect(throws: AdminError.self) { try administration.probeReport(from: "x", since: 0) }
        }
    }

    /// What mail-probe does to see it refused is told apart from what is wrong, but only where the client got through.
    @Test func trialsOfMailProbe() async throws {
        let through = Self.told { $0.end = AttemptEnd("quit") }
        func other(_ id: String, in service: String = "imaps", _ attempt: ConnectionAttempt) -> ConnectionAttempt {
            Self.attempt(service, id: id) { ($0.tls, $0.login, $0.end) = (attempt.tls, attempt.login, attempt.end) }
        }
        let odd = [
            other("version", Self.failed("version")), other("cipher", Self.failed("cipher")),
            other("resumed", Self.session(tls: "TLSv1.3", kind: "closed")),
            other("no command", Self.session(tls: "TLSv1.3", last: "bad")),
        ]
        let plain = [
            other("distrust", Self.failed("alert")), other("hung up", Self.failed("hung_up")),
            other("elsewhere", in: "pop3s", Self.failed("version")),
            other("login", Self.session(tls: "TLSv1.3", login: "badpw")),
            other("capability", Self.session(tls: "TLSv1.3", last: "capability")),
        ]
        try await administration([through] + odd + plain) { administration, _ in
            let report = try administration.probeReport(try #require(ProbeToken(Self.token)))
            let trials = report.attempts.filter(\.isTrial)
            #expect(Set(trials.map(\.attempt.id)) == Set(odd.map(\.id)))
            #expect(trials.allSatisfy { $0.what.hasSuffix("; perhaps one of mail-probe's own trials") })
            let all = try administration.probeReport(from: "198.51.100.7", since: 0)
            #expect(all.attempts.count == 10 && !all.attempts.contains(where: \.isTrial))
        }
    }

    /// A client that was cut off everywhere has not got through: its failures are what is wrong.
    @Test func nothingIsATrialWithoutASessionThatEndedWell() async throws {
        let cut = Self.told { $0.end = AttemptEnd("reset") }
        let failed = Self.attempt("imaps", id: "version") { $0.end = Self.failed("version").end }
        try await administration([cut, failed]) { administration, _ in
            let report = try administration.probeReport(try #require(ProbeToken(Self.token)))
            #expect(report.attempts.count == 2 && !report.attempts.contains(where: \.isTrial))
        }
    }

    @Test func nobodyRuns() async throws {
        let path = NSTemporaryDirectory() + "probe-report-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        try MailStore.create(at: path, isTestStore: true)
        let store = try MailStore(at: path)
        let administration = Administration(
            store: store, actor: AuditActor(name: "t", uid: 0, tool: "t"), clock: { 2_000 })
        let token = try #require(ProbeToken(Self.token))
        #expect(throws: AdminError.notRunning) { try administration.probeReport(token) }
        await store.close()
    }
}

import Foundation
import MailMessage
import Testing

@testable import MailStore

@Suite struct PresenceTests {
    private static let session = OpenSession(
        id: "1a.7", account: AccountID(7), address: "anna@uni.example", service: "imap", appPassword: "abcde",
        client: "a\tb%\nc \u{e5}", peer: "2001:db8::1", since: 1_800_000_000, tls: "TLSv1.3")

    private static let memory = AttemptMemory(
        since: 5, limit: 4_096, ports: [.init(service: "imaps", number: 993), .init(service: "smtp", number: 25)])

    private static let attempt = {
        var attempt = ConnectionAttempt(
            id: "1a.7", at: 1_800_000_000, service: "imaps", port: 993, peer: "2001:db8::1", peerPort: 4_711,
            proxy: "192.0.2.9:1")
        attempt.client = "a=b\tc%\nd \u{e5}"
        attempt.tls.version = "TLSv1.3"
        attempt.tls.cipher = "TLS_AES_256_GCM_SHA384"
        attempt.tls.serverName = "x.test"
        attempt.tls.isServed = false
        attempt.tls.alpn = "imap"
        attempt.tls.offered = "TLSv1.1"
        attempt.login = AttemptLogin(result: "badpw", mechanism: "PLAIN")
        attempt.misstep = .loginWithoutTLS
        attempt.probe = ProbeToken("abcdefghij234567abcd").map { ProbeClaim(token: $0) }
        attempt.probe?.address = "10.0.0.1:2"
        attempt.probe?.tls = "TLSv1.3 X"
        attempt.probe?.certificate = "ab"
        attempt.probe?.shownCertificate = "cd"
        attempt.end = AttemptEnd(AttemptEnd.handshakeFailed, reason: "alert")
        attempt.end?.detail = "TLS handshake: tlsv1 alert unknown ca"
        attempt.end?.alert = 48
        attempt.end?.command = "capability"
        attempt.end?.commands = 3
        attempt.end?.seconds = 4
        attempt.end?.repeats = 5
        return attempt
    }()

    @Test func attemptsComeBackAsTheyWere() {
        #expect(Self.attempt.probe != nil)
        let bare = ConnectionAttempt(id: "1", at: 0, service: "smtp", port: 25, peer: "192.0.2.1", peerPort: 1)
        for attempt in [Self.attempt, bare] {
            #expect(!attempt.line.contains("\n") && ConnectionAttempt(line: attempt.line[...]) == attempt)
        }
        // Of a newer worker.
        #expect(ConnectionAttempt(line: bare.line + "\tweather=fine\tx\t=") == bare)
        for line in [
            "", "id=1", bare.line.replacing("at=0", with: "at=x"), bare.line.replacing("port=25", with: "port="),
        ] {
            #expect(ConnectionAttempt(line: line[...]) == nil, "\(line)")
        }
        #expect(AttemptMemory(line: Self.memory.line[...]) == Self.memory)
        #expect(AttemptMemory(line: "since=1\tlimit=2\tports=x:y,z")?.ports == [])
        #expect(AttemptMemory(line: "limit=2") == nil)
    }

    @Test func linesComeBackAsTheyWere() {
        let bare = OpenSession(
            id: "1", account: AccountID(1), address: "x@y", service: "pop3", appPassword: nil, client: nil,
            peer: "192.0.2.1", since: 0, tls: nil)
        for session in [Self.session, bare] {
            #expect(!session.line.contains("\n") && OpenSession(line: session.line[...]) == session)
        }
        for line in ["", "a\tb", "a\tx\tc\td\te\tf\tg\t1\ti"] { #expect(OpenSession(line: line[...]) == nil) }
    }

    @Test func requests() {
        for request: PresenceRequest in [
            .memory, .attempts(.from("2001:db8::/32", since: 1, until: .max)),
            .list, .close(.all), .close(.account(AccountID(12))), .close(.session("1a.7")), .close(.session("a b")),
        ] { #expect(PresenceRequest(line: request.line) == request, "\(request.line)") }
        let token = ProbeToken("abcdefghij234567abcd").map { PresenceRequest.attempts(.token($0)) }
        #expect(token != nil && token.flatMap { PresenceRequest(line: $0.line) } == token)
        for line in [
            "memory x", "attempts", "attempts token", "attempts token ABC", "attempts from 192.0.2.1 1",
            "attempts from 192.0.2.1 1 x",
        ] { #expect(PresenceRequest(line: line) == nil, "\(line)") }
        for line in ["", "lists", "list x", "close account", "close account x", "close session", "close all"] {
            #expect(PresenceRequest(line: line) == nil, "\(line)")
        }
    }

    private static func failures(_ name: String) -> LoginFailures {
        LoginFailures(name: name, source: "2001:db8::/64", count: 20, lastAt: 1_000, lockedSeconds: 9)
    }

    /// Workers that died leave their names behind; whoever asks removes them.
    @Test func everyWorkerAnswers() throws {
        let store = NSTemporaryDirectory() + "presence-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: store + "/run/sessions", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: store) }
        let call = PresenceCall(store: store)
        #expect(try call.sessions() == nil)
        let workers = [PresenceSocket(store: store), PresenceSocket(store: store)]
        for (number, worker) in workers.enumerated() {
            try worker.open { request in
                switch request {
                case .list: [Self.session.line]
                case .close: [String(number + 1)]
                case .attempts: [Self.attempt.line]
                case .memory: [Self.memory.line]
                case .failures(let names): names.map { Self.failures($0).line }
                case .unlock: ["done"]
                }
            }
        }
        let left = store + "/run/sessions/0-dead.sock"
        #expect(FileManager.default.createFile(atPath: left, contents: nil))
        #expect(try call.sessions() == [Self.session, Self.session])
        #expect(!FileManager.default.fileExists(atPath: left))
        #expect(try call.close(.all) == 3)
        #expect(try call.attempts(.from("192.0.2.1", since: 0, until: 9)) == [Self.attempt, Self.attempt])
        #expect(try call.attemptMemories() == [Self.memory, Self.memory])
        let names = ["anna o\t%", "bo@a.test"]
        #expect(try call.failures(names) == names.map { Self.failures($0) }, "each once, for all workers know the same")
        #expect(try call.unlock(names))
        for worker in workers { worker.close() }
        #expect(try call.sessions() == nil)
        #expect(try call.failures(names) == nil && !call.unlock(names))
        #expect(try FileManager.default.contentsOfDirectory(atPath: store + "/run/sessions").isEmpty)
    }
}

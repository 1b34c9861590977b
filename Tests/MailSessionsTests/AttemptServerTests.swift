import Foundation
import MailMessage
import MailNetwork
import MailStore
import MailTransport
import Testing

@testable import MailSessions

/// What a server remembers of clients that are set wrong, asked as `mailctl probe-log` asks.
@Suite(.serialized) struct AttemptServerTests {
    private static let token = "abcdefghij234567abcd"

    /// The only attempt at a service, once it has ended.
    private func attempt(_ server: DialogueServer, _ service: MailService) async throws -> ConnectionAttempt {
        let call = PresenceCall(store: server.folder + "/store")
        for _ in 0..<500 {
            let all = try #require(try call.attempts(.from("127.0.0.1", since: 0, until: .max)))
            // After STARTTLS the end of the handshake is known first, and then that of the session.
            if let found = all.first(where: { $0.service == service.rawValue }), let end = found.end,
                end.kind != AttemptEnd.handshakeFailed || service.security == .implicit || end.command != nil
            {
                return found
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw DialogueServer.Missing(what: "attempt at \(service)")
    }

    /// Plain bytes to whatever port, as a client that is set wrong sends them.
    private func send(_ bytes: [UInt8], to service: MailService, _ server: DialogueServer) async throws {
        let port = try #require(server.port(of: service))
        let connection = try await Dialer.connect(host: "127.0.0.1", port: port)
        await connection.run {
            $0.write(bytes)
            $0.flush()
        }
        try await Task.sleep(for: .milliseconds(100))
        await connection.run { $0.close() }
    }

    /// Without an end of line in it: to a session it is the beginning of one.
    private static let hello: [UInt8] = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03, 0x41]

    @Test(arguments: [MailService.smtp, .submission, .imap, .pop3], [[], [UInt8(0x0d), 0x0a], [0x0a]])
    func aHelloWherePlainTextComesFirst(service: MailService, end: [UInt8]) async throws {
        let server = try await DialogueServer()
        try await send(Self.hello + end, to: service, server)
        let seen = try await attempt(server, service)
        #expect(seen.misstep == .tlsHello && seen.login.result == nil && seen.tls.version == nil, "\(seen)")
        await server.stop()
    }

    @Test(arguments: [
        (MailService.smtp, "GET / HTTP/1.1\r\n", Misstep.http), (.imap, "GET / HTTP/1.1\r\n", .http),
        (.pop3, "SSH-2.0-x\r\n", .ssh), (.submission, "SSH-2.0-x\r\n", .ssh),
        (.imap, "a LOGIN alice secret\r\n", .loginWithoutTLS), (.imap, "a AUTHENTICATE PLAIN\r\n", .loginWithoutTLS),
        (.pop3, "USER alice\r\n", .loginWithoutTLS), (.smtp, "EHLO x\r\nAUTH PLAIN AGEAYg==\r\n", .loginWithoutTLS),
        (.submission, "EHLO x\r\nAUTH PLAIN AGEAYg==\r\n", .loginWithoutTLS),
        (.submission, "EHLO x\r\nMAIL FROM:<a@example.test>\r\n", .mailWithoutTLS),
        (.smtp, "EHLO x\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<x@elsewhere.test>\r\n", .relay),
    ]) func missteps(service: MailService, text: String, step: Misstep) async throws {
        let server = try await DialogueServer()
        let client = try await SessionClient(server, service, over: .socket)
        _ = try await client.hear()
        await client.client.send(text)
        _ = try await client.hear()
        try await Task.sleep(for: .milliseconds(100))
        await client.client.close()
        let seen = try await attempt(server, service)
        #expect(seen.misstep == step, "\(seen)")
        #expect(!seen.line.contains("secret") && !seen.line.contains("AGEAYg"))
        await server.stop()
    }

    @Test(arguments: [
        ("a LOGIN alice secret\r\n", "a LOGIN x y\r\n", HandshakeCause.plaintext),
        ("GET / HTTP/1.1\r\n\r\n", "", .http),
        ("", "", .silence),
    ]) func plainTextOnTheTLSPort(text: String, more: String, cause: HandshakeCause) async throws {
        let server = try await DialogueServer()
        try await send(Array((text + more).utf8), to: .imaps, server)
        let seen = try await attempt(server, .imaps)
        #expect(seen.end?.kind == AttemptEnd.handshakeFailed && seen.end?.reason == cause.rawValue, "\(seen)")
        #expect(!seen.line.contains("secret") && !seen.line.contains("alice"))
        await server.stop()
    }

    @Test func certificatesThatAreNotTrusted() async throws {
        let server = try await DialogueServer()
        let strict = try TLSClientContext(trust: .system)
        let port = try #require(server.port(of: .imaps))
        await #expect(throws: (any Error).self) {
            try await Dialer.connect(
                host: "127.0.0.1", port: port, security: .tls(strict, serverName: "imap.wrong.test"))
        }
        let seen = try await attempt(server, .imaps)
        #expect(seen.end?.reason == HandshakeCause.alert.rawValue && seen.end?.alert != nil, "\(seen)")
        #expect(seen.tls.serverName == "imap.wrong.test" && seen.tls.isServed == false)
        #expect(seen.tls.offered == "TLSv1.3" && seen.tls.version == nil)
        await server.stop()
    }

    /// STARTTLS that fails is a session and a handshake; the handshake is what counts.
    @Test func startTLSThatFails() async throws {
        let server = try await DialogueServer()
        let client = try await SessionClient(server, .imap, over: .socket)
        _ = try await client.hear()
        _ = try await client.ask("a STARTTLS")
        await #expect(throws: (any Error).self) {
            try await client.client.startTLS(try TLSClientContext(trust: .system))
        }
        let seen = try await attempt(server, .imap)
        #expect(seen.end?.kind == AttemptEnd.handshakeFailed && seen.end?.reason == "alert", "\(seen)")
        #expect(seen.tls.version == nil && seen.end?.command == "starttls" && seen.end?.commands == 1)
        await server.stop()
    }

    @Test func whatMailProbeTells() async throws {
        let server = try await DialogueServer()
        let client = try await SessionClient(server, .imaps, over: .socket)
        _ = try await client.hear()
        let digest = String(repeating: "0", count: 64)
        _ = try await client.ask(
            "a ID (\"name\" \"mail-probe\" \"version\" \"1\" \"x-probe-token\" \"\(Self.token)\" \"x-probe-address\" "
                + "\"10.0.0.7:51234\" \"x-probe-tls\" \"TLSv1.2 X\" \"x-probe-certificate\" \"\(digest)\")")
        _ = try await client.hear()
        _ = try await client.ask("b LOGIN alice wrong")
        let call = PresenceCall(store: server.folder + "/store")
        let wanted = AttemptChoice.token(try #require(ProbeToken(Self.token)))
        let open = try #require(try call.attempts(wanted)?.first)
        #expect(open.end == nil && open.client == "mail-probe 1" && open.tls.version == "TLSv1.3")
        #expect(open.tls.serverName == "localhost" && open.tls.isServed == true)
        #expect(open.probe?.address == "10.0.0.7:51234" && open.probe?.tls == "TLSv1.2 X")
        #expect(open.probe?.certificate == digest)
        #expect(open.probe?.shownCertificate == (try await Self.fingerprint()))
        #expect(open.login == AttemptLogin(result: "badpw", mechanism: "LOGIN"))
        _ = try await client.ask("c LOGOUT")
        let ended = try await attempt(server, .imaps)
        #expect(ended.end?.kind == "quit" && ended.end?.command == "logout" && ended.end?.commands == 3)
        #expect(!ended.line.contains("wrong") && !ended.line.contains("alice"))
        #expect(try call.attempts(.token(try #require(ProbeToken("bbbbbbbbbbbbbbbbbbbb")))) == [])
        let memory = try #require(try call.attemptMemories()?.first)
        #expect(memory.ports.contains { $0.service == "imaps" && $0.number == open.port })
        #expect(memory.limit == AttemptRing.mostAttempts && abs(memory.since - systemClock()) < 60)
        await server.stop()
        #expect(try call.attempts(wanted) == nil && call.attemptMemories() == nil)
    }

    private static func fingerprint() async throws -> String {
        let file = try await TestCertificate.shared.identity.certificateFile
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = ["x509", "-in", file, "-noout", "-fingerprint", "-sha256"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "=").last.map { $0.filter(\.isHexDigit).lowercased() } ?? ""
    }

    @Test(arguments: [MailService.smtp, .submission]) func theTokenInEHLO(service: MailService) async throws {
        let server = try await DialogueServer()
        let client = try await SessionClient(server, service, over: .socket)
        _ = try await client.hear()
        _ = try await client.askLast("EHLO \(Self.token).mail-probe.invalid")
        _ = try await client.ask("QUIT")
        let seen = try await attempt(server, service)
        #expect(seen.probe?.token.description == Self.token && seen.client?.hasPrefix(Self.token) == true)
        await server.stop()
    }

    /// A login that has succeeded stays what is said of the connection.
    @Test func logins() async throws {
        let server = try await DialogueServer()
        let client = try await SessionClient(server, .pop3s, over: .socket)
        _ = try await client.hear()
        for (word, answer) in [("USER alice", "+OK"), ("PASS secret", "+OK"), ("QUIT", "+OK")] {
            #expect(try await client.ask(word).hasPrefix(answer))
        }
        let seen = try await attempt(server, .pop3s)
        #expect(seen.login == AttemptLogin(result: AttemptLogin.ok, mechanism: "USER") && seen.end?.kind == "quit")
        await server.stop()
    }

    @Test func refusals() async throws {
        let server = try await DialogueServer(plan: { $0.connections.perAddress = 0 })
        for _ in 0..<3 {
            let client = try await SessionClient(server, .imap, over: .socket)
            #expect(try await client.hear().hasPrefix("* BYE"))
        }
        let seen = try await attempt(server, .imap)
        #expect(seen.end?.kind == AttemptEnd.refused && seen.end?.reason == "too_many_from_address")
        #expect(seen.end?.repeats == 2)
        await server.stop()
    }
}

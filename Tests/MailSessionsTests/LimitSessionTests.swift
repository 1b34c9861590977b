import Glibc
import MailIdentity
import MailStore
import MailTransport
import MailTransportTesting
import Testing

@testable import MailSessions

/// Each limit answers precisely, and what was there before it is there after it.
@Suite struct LimitSessionTests {
    private static let stranger: [(MailService, String, String)] = [
        (.imaps, "a NOOP\r\n", "* BYE [LIMIT] Too slow"), (.pop3s, "CAPX\r\n", "-ERR Too slow, nothing was deleted"),
        (.submissions, "NOOP\r\n", "421 4.4.2 Too slow, closing"),
    ]

    /// A stranger who says something now and then is gone after a minute all the same.
    @Test(arguments: stranger) func aLoginHasItsTime(_ service: MailService, _ line: String, _ last: String)
        async throws
    {
        let server = try await DialogueServer { $0.limits.badCommands = 1_000 }
        let client = try await SessionClient(server, service)
        guard case .memory(let far, _) = client.client else { return }
        _ = try await client.hear()
        for _ in 0..<6 {
            await far.advance(seconds: 9)
            await far.send(line)
            _ = try await client.hear()
        }
        await far.advance(seconds: 9)
        #expect(try await client.hear() == last)
        #expect(try await client.hear() == "<closed>")
        await server.stop()
    }

    @Test func aLoginLiftsTheDeadline() async throws {
        let server = try await DialogueServer()
        let client = try await SessionClient(server, .imaps)
        guard case .memory(let far, _) = client.client else { return }
        _ = try await client.hear()
        #expect(try await client.ask("a LOGIN alice secret").hasPrefix("a OK"))
        await far.advance(seconds: 1_500)
        #expect(try await client.ask("b NOOP").hasPrefix("b OK"))
        await server.stop()
    }

    @Test(arguments: [(MailService.imaps, "a NOOP", "* BYE [LIMIT]"), (.pop3s, "CAPA", "-ERR Too many commands")])
    func fewCommandsBeforeLogin(_ service: MailService, _ command: String, _ last: String) async throws {
        let server = try await DialogueServer { $0.limits.commandsBeforeLogin = 10 }
        let client = try await SessionClient(server, service)
        _ = try await client.hear()
        for _ in 0..<11 { await client.say(command) }
        var lines: [String] = []
        while let line = try await client.client.receive() { lines.append(line) }
        #expect(lines.last?.hasPrefix(last) == true, "\(lines)")
        await server.stop()
    }

    @Test(arguments: [
        (MailService.imap, "GET / HTTP/1.1", "* BYE [CLIENTBUG] This is IMAP"),
        (.pop3, "POST /x HTTP/1.0", "-ERR This is POP3, closing"),
        (.imap, "SSH-2.0-x", "* BYE [CLIENTBUG] This is IMAP"),
        (.smtp, "GET / HTTP/1.1", "421 4.7.0 This is a mail server"),
    ])
    func theWrongProtocolIsShownTheDoor(_ service: MailService, _ line: String, _ last: String) async throws {
        let server = try await DialogueServer { _ in
        } plan: {
            $0.login.limits.perAddress = 1
        }
        let client = try await SessionClient(server, service)
        _ = try await client.hear()
        #expect(try await client.ask(line) == last)
        #expect(try await client.hear() == "<closed>")
        // It counts as a failed login of its address.
        let other = try await SessionClient(server, .pop3s)
        _ = try await other.hear()
        _ = try await other.ask("USER alice")
        #expect(try await other.ask("PASS secret").hasPrefix("-ERR [SYS/TEMP] Too many failures"))
        await server.stop()
    }

    /// Over a socket: what is there already when the session begins came before the greeting.
    @Test func whoTalksFirstIsNoMailServer() async throws {
        let server = try await DialogueServer()
        let port = try #require(server.port(of: .smtp))
        let answers = (0..<50).map { _ in EarlyTalker.answer(from: port) }
        let refusal = "421 4.7.0 You talk before the greeting, closing\r\n"
        #expect(answers.contains(refusal), "it depends on who is first, but not fifty times")
        #expect(answers.allSatisfy { $0 == refusal || $0.hasPrefix("220 ") })
        let polite = try await SessionClient(server, .smtp, over: .socket)
        #expect(try await polite.hear() == "220 mail.example.test ESMTP ready")
        await server.stop()
    }

    @Test(arguments: ["DATA", "BDAT 1000 LAST"]) func aMessageThatDripsIsRefused(_ command: String) async throws {
        let server = try await DialogueServer { $0.limits.dataGraceSeconds = 30 }
        let client = try await SessionClient(server, .smtp)
        guard case .memory(let far, _) = client.client else { return }
        _ = try await client.hear()
        _ = try await client.askLast("EHLO x")
        _ = try await client.ask("MAIL FROM:<a@b.test>")
        _ = try await client.ask("RCPT TO:<alice@example.test>")
        await client.say(command)
        if command == "DATA" { _ = try await client.hear() }
        for _ in 0..<32 {
            await far.send("x")
            await far.advance(seconds: 1)
        }
        #expect(try await client.hear() == "421 4.4.2 Too slow, closing")
        #expect(try await client.hear() == "<closed>")
        #expect(try await server.texts(of: "alice").isEmpty)
        await server.stop()
    }

    @Test func anAppendThatDripsIsRefused() async throws {
        let server = try await DialogueServer { $0.limits.dataGraceSeconds = 30 }
        let client = try await SessionClient(server, .imaps)
        guard case .memory(let far, _) = client.client else { return }
        _ = try await client.hear()
        _ = try await client.ask("a LOGIN alice secret")
        #expect(try await client.ask("b APPEND INBOX {1000}").hasPrefix("+"))
        for _ in 0..<32 {
            await far.send("x")
            await far.advance(seconds: 1)
        }
        #expect(try await client.hear() == "* BYE [LIMIT] Too slow")
        #expect(try await server.texts(of: "alice").isEmpty)
        await server.stop()
    }

    /// Nothing can be added, everything can be read and deleted.
    @Test func aFullDiskStopsMailAndNothingElse() async throws {
        let full = try await DialogueServer()
        try await full.put(["Subject: 1\r\n\r\nx\r\n", "Subject: 2\r\n\r\ny\r\n"], into: "alice")
        await full.server.drain()
        let server = try await DialogueServer(reopening: full) { _ in
        } plan: {
            $0.storeOptions.diskFloor = .bytes(.max)
        }
        let sender = try await SessionClient(server, .smtp)
        _ = try await sender.hear()
        _ = try await sender.askLast("EHLO x")
        let refusal = "452 4.3.1 The server's disk is nearly full, try again later"
        #expect(try await sender.ask("MAIL FROM:<a@b.test>") == refusal)
        #expect(try await sender.ask("NOOP") == "250 2.0.0 OK")

        let reader = try await SessionClient(server, .imaps)
        _ = try await reader.hear()
        _ = try await reader.ask("a LOGIN alice secret")
        await reader.say("b SELECT INBOX")
        while try await !reader.hear().hasPrefix("b OK") {}
        let no = "NO [UNAVAILABLE] The server's disk is nearly full: nothing can be added now"
        #expect(try await reader.ask("c APPEND INBOX {5}") == "c \(no)")
        #expect(try await reader.ask("d COPY 1 Sent") == "d \(no)")
        #expect(try await reader.ask("e FETCH 1 (UID)") == "* 1 FETCH (UID 1)")
        #expect(try await reader.hear().hasPrefix("e OK"))
        #expect(try await reader.ask("f STORE 1 +FLAGS.SILENT (\\Deleted)").hasPrefix("f OK"))
        #expect(try await reader.ask("g EXPUNGE") == "* 1 EXPUNGE")
        #expect(try await reader.hear().hasPrefix("g OK"))
        await server.stop()
    }

    /// A search beyond its time ends, saves nothing, and the session goes on.
    @Test func aSearchHasItsTime() async throws {
        let server = try await DialogueServer { $0.limits.searchSeconds = 0 }
        try await server.put(["Subject: 1\r\n\r\nx\r\n"], into: "alice")
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        _ = try await client.ask("a LOGIN alice secret")
        await client.say("b SELECT INBOX")
        while try await !client.hear().hasPrefix("b OK") {}
        let no = "NO [LIMIT] This takes too long: ask for less at once"
        #expect(try await client.ask("c SEARCH TEXT x") == "c \(no)")
        #expect(try await client.ask("d FETCH 1 (UID)") == "* 1 FETCH (UID 1)")
        #expect(try await client.hear().hasPrefix("d OK"))
        await server.stop()
    }

    /// A change beyond its time is not made at all, and the session goes on.
    @Test(arguments: ["STORE 1:2 +FLAGS (\\Seen)", "COPY 1:2 Trash", "MOVE 1:2 Trash", "EXPUNGE", "CLOSE"])
    func aChangeHasItsTime(_ command: String) async throws {
        let server = try await DialogueServer { $0.limits.changeSeconds = 0 }
        try await server.put(["Subject: 1\r\n\r\nx\r\n", "Subject: 2\r\n\r\nx\r\n"], into: "alice")
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        _ = try await client.ask("a LOGIN alice secret")
        await client.say("b SELECT INBOX")
        while try await !client.hear().hasPrefix("b OK") {}
        #expect(try await client.ask("c \(command)") == "c NO [LIMIT] This takes too long: ask for less at once")
        #expect(try await client.ask("d FETCH 2 (UID FLAGS)") == "* 2 FETCH (UID 2 FLAGS (\\Recent))")
        #expect(try await client.hear().hasPrefix("d OK"))
        #expect(try await client.ask("e STATUS Trash (MESSAGES)") == "* STATUS Trash (MESSAGES 0)")
        await server.stop()
    }

    /// IMAP and POP3 together; another account is not concerned, and who leaves makes room.
    @Test func sessionsOfOneAccountAreCounted() async throws {
        let server = try await DialogueServer { $0.limits.sessionsPerAccount = 2 }
        let first = try await logIn("alice", server)
        let pop = try await SessionClient(server, .pop3s)
        _ = try await pop.hear()
        _ = try await pop.ask("USER alice")
        #expect(try await pop.ask("PASS secret").hasPrefix("+OK"))
        let third = try await SessionClient(server, .imaps)
        _ = try await third.hear()
        let no = "NO [LIMIT] Too many connections of this account: close some"
        #expect(try await third.ask("a LOGIN alice secret") == "a \(no)")
        let fourth = try await SessionClient(server, .pop3s)
        _ = try await fourth.hear()
        _ = try await fourth.ask("USER alice")
        #expect(try await fourth.ask("PASS secret") == "-ERR [IN-USE] Too many connections of this account: close some")
        _ = try await logIn("bob", server)
        #expect(try await first.ask("z LOGOUT").hasPrefix("* BYE"))
        #expect(try await third.ask("b LOGIN alice secret").hasPrefix("b OK"))
        #expect(try await fourth.ask("USER alice").hasPrefix("+OK"))
        #expect(try await fourth.ask("PASS secret").hasPrefix("-ERR [IN-USE]"))
        await server.stop()
    }

    private func logIn(_ user: String, _ server: DialogueServer) async throws -> SessionClient {
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        #expect(try await client.ask("a LOGIN \(user) secret").hasPrefix("a OK"))
        return client
    }
}

/// Sends with the connection itself, from a blocking socket: the shortest way there is.
enum EarlyTalker {
    static func answer(from port: Int) -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(clamping: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let hello = Array("EHLO early\r\n".utf8)
        let isConnected = withUnsafePointer(to: &address) { start in
            start.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) } == 0
        }
        guard isConnected, write(descriptor, hello, hello.count) == hello.count else { return "" }
        var answer = [UInt8](repeating: 0, count: 512)
        let count = read(descriptor, &answer, answer.count)
        return String(decoding: answer.prefix(max(0, count)), as: UTF8.self)
    }
}

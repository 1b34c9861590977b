import MailCrypto
import MailMessage
import MailShared
import Testing

@testable import MailSessions

/// A whole day of sessions with everything secret said in every place: nothing of it is in the log.
@Suite struct LogSecrecyTests {
    static let wrong = "hunter2-wrong-password"
    static let subject = "Quarterly-Layoffs-Plan"
    static let body = "body-that-nobody-logs"

    /// What may occur nowhere, as it is and as SASL sends it.
    static let secrets: [String] =
        ["secret", wrong, subject, body, "$y$", "$6$"]
        + ["\0alice\0secret", "\0alice\0\(wrong)", "secret", wrong].map { base64($0) }

    static func base64(_ text: String) -> String { Base64.encode(Array(text.utf8)) }

    @Test func aDayLeavesNoSecret() async throws {
        let book = LogBook()
        let server = try await DialogueServer(logger: book.logger)
        try await smtp(server)
        try await imap(server)
        try await pop3(server)
        await server.stop()

        let lines = book.lines
        for secret in Self.secrets {
            for line in lines { #expect(!line.lowercased().contains(secret.lowercased()), "\(secret) in \(line)") }
        }
        check(book.records)
        check(server.server.region.readMetrics())
    }

    /// The control: the day did happen, and the log tells of it.
    private func check(_ records: [LogRecord]) {
        func count(_ event: String, _ service: String) -> Int {
            records.count { $0.event == event && $0.service == service }
        }
        #expect(count("login", "submissions") == 2 && count("auth_fail", "submissions") == 4)
        #expect(count("delivered", "submissions") == 1)
        #expect(count("login", "imaps") == 2 && count("auth_fail", "imaps") == 2)
        #expect(count("login", "pop3s") == 1 && count("auth_fail", "pop3s") == 2)
        for service in ["submissions", "imaps", "pop3s"] { #expect(count("end", service) == count("connect", service)) }
        #expect(records.filter { $0.service != "server" }.allSatisfy { $0.fields.contains { $0.0 == "sid" } })
        let ends = records.filter { $0.event == "end" }
        #expect(ends.allSatisfy { end in end.fields.contains { $0.0 == "reason" && $0.1 == "quit" } })
        let logins = records.filter { $0.event == "login" }
        #expect(logins.allSatisfy { login in login.fields.contains { $0.0 == "tls" && $0.1 == "TLSv1.3" } })
    }

    private func check(_ snapshot: MetricsSnapshot) {
        #expect(snapshot.value(.loginSucceeded) == 5)
        #expect(snapshot.value(.loginWrong) == 6 && snapshot.value(.loginBroken) == 2)
        #expect(snapshot.value(.mailDelivered) == 1)
        #expect(snapshot.value(.sessions, .submissions) == 2 && snapshot.sessionsOpen(.submissions) == 0)
        let page = PrometheusText.render(snapshot, at: 1)
        #expect(page.contains(#"posthus_command_seconds_count{protocol="imap",command="append"} 1"#))
        #expect(page.contains(#"posthus_command_seconds_count{protocol="pop3",command="retr"} 1"#))
        #expect(page.contains(#"posthus_command_seconds_count{protocol="smtp",command="data"} 1"#))
        #expect(snapshot.value(.storeWrite) > 0)
    }

    private func smtp(_ server: DialogueServer) async throws {
        let client = try await SessionClient(server, .submissions)
        _ = try await client.hear()
        _ = try await client.askLast("EHLO client.example")
        _ = try await client.ask("AUTH PLAIN \(Self.base64("\0alice\0\(Self.wrong)"))")
        _ = try await client.ask("AUTH PLAIN not-base64-\(Self.wrong)")
        _ = try await client.ask("AUTH LOGIN")
        _ = try await client.ask(Self.base64("alice"))
        _ = try await client.ask(Self.base64(Self.wrong))
        _ = try await client.ask("AUTH LOGIN")
        _ = try await client.ask("*")
        _ = try await client.ask("\(Self.wrong) is no command")
        #expect(try await client.ask("AUTH PLAIN \(Self.base64("\0alice\0secret"))").hasPrefix("235"))
        _ = try await client.ask("MAIL FROM:<alice@example.test>")
        _ = try await client.ask("RCPT TO:<bob@example.test>")
        _ = try await client.ask("DATA")
        await client.say("From: alice@example.test\r\nSubject: \(Self.subject)\r\n\r\n\(Self.body)\r\n.")
        #expect(try await client.hear().hasPrefix("250"))
        _ = try await client.ask("QUIT")

        let second = try await SessionClient(server, .submissions)
        _ = try await second.hear()
        _ = try await second.askLast("EHLO client.example")
        _ = try await second.ask("AUTH LOGIN \(Self.base64("alice"))")
        #expect(try await second.ask(Self.base64("secret")).hasPrefix("235"))
        _ = try await second.ask("QUIT")
    }

    private func imap(_ server: DialogueServer) async throws {
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        _ = try await tagged(client, "a LOGIN alice \(Self.wrong)")
        _ = try await tagged(client, "a LOGIN alice \(Self.wrong) superfluous")
        _ = try await tagged(client, "a AUTHENTICATE PLAIN \(Self.base64("\0alice\0\(Self.wrong)"))")
        _ = try await tagged(client, "a AUTHENTICATE PLAIN =\(Self.wrong)")
        #expect(try await tagged(client, "a LOGIN alice secret").hasPrefix("a OK"))
        let text = "Subject: \(Self.subject)\r\n\r\n\(Self.body)\r\n"
        #expect(try await tagged(client, "a APPEND INBOX {\(text.utf8.count)+}\r\n\(text)").hasPrefix("a OK"))
        _ = try await tagged(client, "a SELECT INBOX")
        _ = try await tagged(client, "a SEARCH SUBJECT \(Self.subject)")
        _ = try await tagged(client, "a FETCH 1 (ENVELOPE BODY[])")
        _ = try await tagged(client, "a \(Self.wrong)")
        _ = try await tagged(client, "a LOGOUT")

        let second = try await SessionClient(server, .imaps)
        _ = try await second.hear()
        let sasl = Self.base64("\0alice\0secret")
        #expect(try await tagged(second, "a AUTHENTICATE PLAIN \(sasl)").hasPrefix("a OK"))
        _ = try await tagged(second, "a LOGOUT")
    }

    private func pop3(_ server: DialogueServer) async throws {
        let client = try await SessionClient(server, .pop3s)
        _ = try await client.hear()
        _ = try await client.ask("USER alice")
        _ = try await client.ask("PASS \(Self.wrong)")
        _ = try await client.ask("PASS \(Self.wrong)")
        _ = try await client.ask("AUTH PLAIN \(Self.base64("\0alice\0\(Self.wrong)"))")
        _ = try await client.ask("USER alice")
        #expect(try await client.ask("PASS secret").hasPrefix("+OK"))
        await client.say("RETR 1")
        while try await client.hear() != "." {}
        _ = try await client.ask("QUIT")
    }

    /// The line with the tag `a`, or what came when the session ended.
    private func tagged(_ client: SessionClient, _ command: String) async throws -> String {
        await client.say(command)
        while true {
            let line = try await client.hear()
            if line.hasPrefix("a ") || line == "<closed>" { return line }
        }
    }
}

import Testing

@testable import MailSessions

/// RFC 9585: a client that waits is told how far its command is.
@Suite struct IMAPProgressTests {
    @Test func aLongSearchTellsHowFarItIs() async throws {
        let server = try await DialogueServer(settings: { $0.progressSeconds = 0 })
        // Bodies of that size are looked at one by one.
        let body = String(repeating: "some text\r\n", count: 30_000)
        try await server.put((1...3).map { "Subject: \($0)\r\n\r\n\(body)" }, into: "alice")
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        _ = try await client.ask("a LOGIN alice secret")
        await client.say("b SELECT INBOX")
        while try await !client.hear().hasPrefix("b OK") {}

        #expect(try await client.ask("c SEARCH BODY nowhere") == "* OK [INPROGRESS (\"c\" 1 3)] Still at it")
        #expect(try await client.hear() == "* OK [INPROGRESS (\"c\" 2 3)] Still at it")
        #expect(try await client.hear() == "* SEARCH")
        #expect(try await client.hear() == "c OK That is all")
        await server.stop()
    }
}

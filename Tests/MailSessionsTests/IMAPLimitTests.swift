import Testing

@testable import MailSessions

/// Commands of a size that no dialogue wants to spell out.
@Suite struct IMAPLimitTests {
    @Test func fetchOfManyRanges() async throws {
        let server = try await DialogueServer()
        try await server.put((1...40).map { "Subject: \($0)\r\n\r\ntext\r\n" }, into: "alice")
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        _ = try await client.ask("a LOGIN alice secret")
        await client.say("b SELECT INBOX")
        while try await !client.hear().hasPrefix("b OK") {}

        let ranges = (0..<4_999).map { "\(2 * $0 + 1)" }.joined(separator: ",")
        await client.say("c UID FETCH \(ranges),9999 (UID)")
        for number in 0..<20 { #expect(try await client.hear() == "* \(2 * number + 1) FETCH (UID \(2 * number + 1))") }
        #expect(try await client.hear() == "c OK That is all")
        #expect(try await client.ask("d UID FETCH \(ranges),9999,10001 (UID)").hasPrefix("d BAD [LIMIT] "))
        #expect(try await client.ask("e UID SEARCH UID \(ranges),9999").hasPrefix("* SEARCH 1 3 5 "))
        #expect(try await client.hear() == "e OK That is all")
        await server.stop()
    }
}

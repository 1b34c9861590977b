import MailMessage
import MailWire
import Testing

@testable import MailSessions
@testable import MailStore

@Suite struct IMAPSearchIndexTests {
    /// With an index, with half of one and without: the same messages, whatever is asked.
    @Test(arguments: 1...8 as ClosedRange<UInt64>) func theIndexChangesNoAnswer(seed: UInt64) async throws {
        let server = try await DialogueServer(plan: { $0.storeOptions.searchIndex = true })
        let account = try await server.account("alice")
        var maker = MailMaker(random: SplitMix(state: seed))
        let messages = (0..<120).map {
            NewMessage(maker.message(), flags: $0 % 3 == 0 ? [.system(.seen)] : [], receivedAt: 5)
        }
        for half in [messages.prefix(60), messages.suffix(60)] {
            try await account.put(Array(half))
            if half.startIndex == 0 { _ = try await server.server.store.fillIndex(of: account.id) }
        }
        let (trips, compiler) = (try await SearchTrips(account), SearchCompiler())
        var narrowed = 0
        for round in 0..<300 {
            if round == 150 { _ = try await server.server.store.fillIndex(of: account.id) }
            let key = maker.key()
            guard let query = compiler.indexQuery(key) else { continue }
            let bounds = try await account.candidates(query, in: trips.door.id)
            narrowed += bounds == nil ? 0 : 1
            #expect(try await trips.hits(key, within: bounds) == trips.hits(key), "\(key)")
        }
        #expect(narrowed > 50)
        await server.stop()
    }

    /// Over the wire, in a mailbox that the background has come to know.
    @Test func searchesFindTheSame() async throws {
        let server = try await DialogueServer(plan: { $0.storeOptions.searchIndex = true })
        try await server.put(["Subject: a\r\n\r\nzebra\r\n", "Subject: zebra\r\n\r\nlion\r\n"], into: "alice")
        _ = try await server.server.store.fillIndex(of: try await server.account("alice").id)
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        for (command, expected) in [
            ("LOGIN alice secret", nil), ("SELECT INBOX", nil), ("SEARCH BODY zebra", "* SEARCH 1"),
            ("SEARCH TEXT zebra", "* SEARCH 1 2"), ("SEARCH SUBJECT zebra", "* SEARCH 2"),
            ("SEARCH NOT BODY zebra", "* SEARCH 2"), ("SEARCH BODY unheard", "* SEARCH"),
        ] as [(String, String?)] {
            await client.say("a \(command)")
            var heard: [String] = []
            repeat { heard.append(try await client.hear()) } while heard.last?.hasPrefix("a ") != true
            #expect(heard.last?.hasPrefix("a OK") == true)
            if let expected { #expect(heard.dropLast() == [expected]) }
        }
        await server.stop()
    }
}

import MailMessage
import MailWire
import Testing

@testable import MailSessions
@testable import MailStore

@Suite struct SearchTripsTests {
    private static let zebra = SearchKey.body(Array("zebra".utf8))

    private func withMail(_ messages: [NewMessage], _ body: (Account) async throws -> Void) async throws {
        let server = try await DialogueServer()
        let account = try await server.account("alice")
        try await account.put(messages)
        try await body(account)
        await server.stop()
    }

    private func mail(_ text: String, flags: [Flag] = []) -> NewMessage {
        NewMessage(StorableMessage(Array("Subject: a\r\n\r\n\(text)\r\n".utf8)), flags: flags, receivedAt: 5)
    }

    /// In two halves at once, on two connections, however few they are.
    @Test(arguments: 11...14 as ClosedRange<UInt64>) func twoHalvesFindTheSame(seed: UInt64) async throws {
        var maker = MailMaker(random: SplitMix(state: seed))
        let messages = (0..<60).map { _ in NewMessage(maker.message(), flags: [], receivedAt: 5) }
        try await withMail(messages) { account in
            let (halves, whole) = (try await SearchTrips(account, worthHalves: 2), try await SearchTrips(account))
            for _ in 0..<40 {
                let key = maker.key()
                #expect(try await halves.hits(key) == whole.hits(key), "\(key)")
            }
        }
    }

    /// Also what has been decided before there were halves.
    @Test func whatHalvesFindIsInOrder() async throws {
        let messages = (1...8).map { mail($0 == 6 ? "zebra" : "lion", flags: $0 == 8 ? [.system(.seen)] : []) }
        try await withMail(messages) { account in
            let found = try await SearchTrips(account, worthHalves: 2).hits(.or([.flag(.seen), Self.zebra]))
            #expect(found == [UID(6), UID(8)])
        }
    }

    /// A large message is a trip of its own, and the next one begins right behind it.
    @Test func noTripLeavesOneOut() async throws {
        let large = String(repeating: "nothing to be seen\r\n", count: MessageBody.fileThreshold / 20) + "zebra"
        try await withMail((1...5).map { _ in mail(large) }) { account in
            let trips = try await SearchTrips(account)
            #expect(try await trips.hits(Self.zebra).count == 5)
            let run = try await trips.run(.fuzzy(Self.zebra))
            #expect(run.hits.uids.count == 5)
            #expect(try await trips.scores(of: run.relevancy).count == 5)
        }
    }

    /// As the other half does when one has failed.
    @Test(arguments: [zebra, .envelope(.subject, Array("a".utf8))])
    func aCancelledSearchEnds(key: SearchKey) async throws {
        try await withMail([mail("zebra")]) { account in
            let trips = try await SearchTrips(account)
            let search = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await trips.hits(key)
            }
            await #expect(throws: CancellationError.self) { try await search.value }
        }
    }
}

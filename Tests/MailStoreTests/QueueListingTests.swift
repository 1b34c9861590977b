import MailMessage
import Testing

@testable import MailStore

@Suite struct QueueListingTests {
    private static func queue(_ fixture: DirectoryFixture) async throws -> [QueueID] {
        var ids: [QueueID] = []
        for (number, to) in ["a@one.example", "b@two.example", "c@one.example"].enumerated() {
            var envelope = QueueEnvelope(
                sender: number == 2 ? nil : try Made.address("Anna@uni.example"), receivedAt: 1_000)
            envelope.messageID = "m\(number)"
            let address = try Made.address(to)
            let extra = try Made.address("extra@two.example")
            let recipients = [address, extra].map { QueueRecipient(destination: .remote($0), address: $0) }
            ids.append(
                try await fixture.store.queue.enqueue(
                    QueueSubmission(StorableMessage(Array("Subject: x\r\n\r\nx".utf8)), envelope, to: recipients)))
        }
        return ids
    }

    @Test(
        arguments: [
            ({ @Sendable (filter: inout QueueFilter) in }, 6), ({ $0.sender = "anna@UNI.example" }, 4),
            ({ $0.sender = "@uni.example" }, 4), ({ $0.sender = "" }, 2), ({ $0.recipient = "A@one.example" }, 1),
            ({ $0.recipient = "@two.example" }, 4), ({ $0.domain = "ONE.example" }, 2), ({ $0.state = .waiting }, 5),
            ({ $0.state = .held }, 1), ({ $0.state = .trying }, 0), ({ $0.messageID = "m1" }, 2),
            ({ ($0.sender, $0.domain) = ("anna@uni.example", "one.example") }, 1),
        ] as [(@Sendable (inout QueueFilter) -> Void, Int)])
    func filterAdmits(_ change: @Sendable (inout QueueFilter) -> Void, _ count: Int) async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let ids = try await Self.queue(fixture)
        try await fixture.store.queue.lane.write { database, _ in
            try database("UPDATE queue_recipient SET state=3 WHERE entry_id=$1 AND number=1").run(ids[0])
        }
        var filter = QueueFilter()
        change(&filter)
        #expect(try await fixture.store.queue.lines(filter, limit: 100).count == count)
    }

    @Test func pagesJoinWithoutGapOrOverlap() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let ids = try await Self.queue(fixture)
        var (seen, place): ([QueuePlace], QueuePlace) = ([], .start)
        while true {
            let lines = try await fixture.store.queue.lines(after: place, limit: 4)
            guard let last = lines.last else { break }
            seen += lines.map(\.place)
            place = last.place
        }
        #expect(seen == ids.flatMap { id in (0...1).map { QueuePlace(entry: id, number: $0) } })
        var one = QueueFilter()
        one.entry = ids[1]
        #expect(
            try await fixture.store.queue.lines(one, limit: 100).map(\.recipient) == [
                "b@two.example", "extra@two.example",
            ])
    }
}

import MailMessage
import MailStore
import MailWire
import Testing

@testable import MailSessions

/// Long lists come in portions, two at a time: whole, in order and each message once.
@Suite struct FetchAheadTests {
    private static let count: UInt32 = 5_200

    private func plan(_ items: [FetchItem]) -> FetchPlan {
        FetchPlan(items, changedSince: nil, marksSeen: true, IMAPFeatures())
    }

    @Test(arguments: [(2_048, 1), (4_096, 1), (4_097, 2), (8_192, 2), (9_000, 3)])
    func portionsAreAll(count: UInt32, portions: Int) throws {
        let view = UIDRuns((1...3 * count).filter { $0 % 3 != 0 || $0 > 2 * count }.compactMap { UID($0) })
        let set = UIDSet(view.members(first: Int(count)))
        var rest = try #require(FetchPortions(set, of: view, plan([.uid, .flags])))
        var found: [UIDSet] = []
        while true {
            let pair = rest.pair()
            if pair.isEmpty { break }
            found += pair
        }
        #expect(found.count == portions)
        #expect(found.reduce(0) { $0 + $1.span } == Int(count))
        #expect(found.reduce(into: UIDSet()) { $0.formUnion($1) } == set)
    }

    @Test func shortOrMarkingListsHaveNone() {
        let view = UIDRuns((1...5_000).compactMap { UID($0) })
        let few = UIDSet((1...2_047).compactMap { UID($0) })
        #expect(FetchPortions(few, of: view, plan([.flags])) == nil)
        #expect(FetchPortions(UIDSet(.first ... .last), of: view, plan([.rfc822])) == nil)
        #expect(FetchPortions(UIDSet(.first ... .last), of: view, plan([.emailID])) == nil)
    }

    /// Every other message of some has gone; subjects are so long that portions do not fit into a batch.
    @Test(arguments: [
        ("UID FLAGS", "FLAGS ("), ("UID RFC822.SIZE", "RFC822.SIZE"), ("UID ENVELOPE", "ENVELOPE (NIL"),
        ("UID BODYSTRUCTURE FLAGS", "BODYSTRUCTURE"),
    ])
    func listsAreWhole(items: String, mark: String) async throws {
        let server = try await DialogueServer()
        let account = try await server.account("alice")
        let long = String(repeating: "long ", count: 400)
        try await account.put(
            (1...Self.count).map {
                NewMessage(StorableMessage(Array("Subject: \($0) \(long)\r\n\r\n".utf8)), flags: [], receivedAt: 5)
            })
        let gone = UIDSet((1...Self.count).filter { $0 % 2 == 0 && $0 < 300 }.compactMap { UID($0) })
        try await account.write { transaction in
            guard let inbox = try transaction.mailbox(.inbox) else { throw StoreError.noSuchMailbox(.inbox) }
            _ = try transaction.remove(in: inbox.id, gone)
        }
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        _ = try await client.ask("a LOGIN alice secret")
        await client.say("b SELECT INBOX")
        while try await !client.hear().hasPrefix("b ") {}
        await client.say("c FETCH 1:* (\(items))")
        let expected = (1...Self.count).filter { $0 % 2 == 1 || $0 >= 300 }
        for (index, uid) in expected.enumerated() {
            var line = try await client.hear()
            while line.hasSuffix("}") { line += try await client.hear() }
            #expect(line.hasPrefix("* \(index + 1) FETCH (UID \(uid) ") && line.contains(mark), "\(line.prefix(80))")
        }
        #expect(try await client.hear().hasPrefix("c OK"))
        await server.stop()
    }
}

extension UIDRuns {
    fileprivate func members(first count: Int) -> [UID] {
        (1...count).compactMap { SequenceNumber(exactly: $0) }.compactMap { uid(at: $0) }
    }
}

import MailMessage
import Testing

@testable import MailStore

@Suite struct SearchIndexTests {
    @Test func itNamesWhatMayMatch() async throws {
        try await withIndexed { _, account in
            for (text, scope, expected): (String, IndexQuery.Scope, UIDSet?) in [
                ("zebra", .body, uids(1, 3)), ("zebra", .header, uids(2)), ("zebra", .anywhere, uids(1, 2, 3)),
                ("unheard of", .body, uids()), ("ze", .body, nil),
            ] {
                let found = try await account.found(text, scope)
                #expect(found == expected)
            }
        }
    }

    @Test func expressions() async throws {
        try await withIndexed { _, account in
            let inbox = try await account.read { try $0.id("INBOX") }
            let (zebra, wild, one) = (
                IndexQuery.text(CaseFolding.fold("zebra"), .body), IndexQuery.text(CaseFolding.fold("wild"), .body),
                IndexQuery.text(CaseFolding.fold("one"), .header)
            )
            let short = IndexQuery.text([65], .body)
            for (query, expected): (IndexQuery, UIDSet?) in [
                (.and([zebra, wild]), uids(3)), (.or([wild, one]), uids(1, 3)), (.and([wild, one]), uids()),
                (.and([short, one]), uids(1)), (.or([short, one]), nil), (.and([short]), nil),
            ] {
                #expect(try await account.candidates(query, in: inbox) == expected)
            }
        }
    }

    /// Until it has been added a message may match anything.
    @Test func newMailIsAmongThem() async throws {
        try await withIndexed { _, account in
            try await account.append(mail("four", "no animals"))
            #expect(try await account.found("zebra") == uids(1, 3, 4))
            try await account.fill()
            #expect(try await account.found("zebra") == uids(1, 3))
        }
    }

    @Test func copiesAndMovesAreKnownAtOnce() async throws {
        try await withIndexed { _, account in
            try await account.write {
                let (inbox, archive) = (try $0.id("INBOX"), try $0.id("Archive"))
                _ = try $0.copy(uids(1), from: inbox, to: archive)
                _ = try $0.move(uids(3), from: inbox, to: archive)
            }
            #expect(try await account.found("zebra", in: "Archive") == uids(1, 2))
            #expect(try await account.found("zebra") == uids(1))
            try await account.fill()
            #expect(try await account.index.count() == 3)
        }
    }

    @Test func whatIsExpungedIsNotNamed() async throws {
        try await withIndexed { _, account in
            try await account.write { _ = try $0.remove(in: try $0.id("INBOX"), .all) }
            #expect(try await account.found("zebra") == uids())
            try await account.collectGarbage()
            #expect(try await account.found("zebra") == uids())
            try await account.append(mail("new", "zebra"))
            try await account.fill()
            #expect(try await account.found("zebra") == uids(4))
        }
    }

    @Test func aNewIndexForgetsWhatIsGone() async throws {
        try await withStore(options: indexedOptions()) { store, _ in
            let account = try store.account(AccountID(1))
            let many = (0..<(Account.goneFloor + 10)).map {
                NewMessage(mail("m", "zebra \($0)"), flags: [], receivedAt: 5)
            }
            try await account.write { _ = try $0.append(many, to: try $0.id("INBOX")) }
            _ = try await store.fillIndex(of: account.id)
            try await account.write { _ = try $0.remove(in: try $0.id("INBOX"), uids(2)) }
            try await account.collectGarbage()
            #expect(try await store.fillIndex(of: account.id)?.known == many.count)
            try await account.write { _ = try $0.remove(in: try $0.id("INBOX"), .all) }
            try await account.append(mail("last", "zebra"))
            try await account.collectGarbage()
            #expect(try await store.fillIndex(of: account.id)?.known == 1)
            #expect(try await account.found("zebra")?.ranges.count == 1)
        }
    }

    /// What it takes counts; without an answer everything is looked at, which ends then as well.
    @Test func anAnswerEndsWithItsBudget() async throws {
        try await withIndexed { _, account in
            let query = IndexQuery.text(CaseFolding.fold("zebra"), .body)
            for (milliseconds, count) in [(30_000, 2), (0, nil), (30_000, 2)] {
                let answer = await account.index.answer(query, within: TimeBudget(milliseconds: milliseconds))
                #expect(answer?.blobs.count == count)
            }
        }
    }
}

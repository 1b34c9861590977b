import MailMessage
import Testing

@testable import MailStore

@Suite struct AccountRecentTests {
    @Test func whatHasBeenClaimedIsRecentToNobodyElse() async throws {
        try await withAccount { account, _ in
            let inbox = try await account.read { try $0.id("INBOX") }
            #expect(try await account.claimRecent(in: inbox) == nil)
            for _ in 0..<3 { try await account.append(message()) }
            #expect(try await account.read { try $0.recentCount(in: inbox) } == 3)
            #expect(try await account.read { try $0.firstRecent(in: inbox) } == .first)
            #expect(try await account.claimRecent(in: inbox) == .first)
            #expect(try await account.claimRecent(in: inbox) == nil)
            #expect(try await account.read { try $0.recentCount(in: inbox) } == 0)
            try await account.append(message())
            #expect(try await account.claimRecent(in: inbox) == uid(4))
        }
    }

    @Test func claimingChangesNothingThatClientsSee() async throws {
        try await withStore { store, clock in
            let account = try store.account(AccountID(1))
            try await account.append(message())
            let inbox = try await account.read { try $0.id("INBOX") }
            let before = try await account.read { (try $0.modseq, try $0.mailbox(inbox)) }
            _ = try await account.claimRecent(in: inbox)
            let after = try await account.read { (try $0.modseq, try $0.mailbox(inbox)) }
            #expect(before == after)
            await store.close()
            let again = try MailStore(at: store.path, clock: { clock.now })
            #expect(try await again.account(AccountID(1)).claimRecent(in: inbox) == nil)
            await again.close()
        }
    }

    @Test func onlyTheClaimItselfIsRelaxed() async throws {
        try await withAccount { account, _ in
            try await account.append(message())
            let inbox = try await account.read { try $0.id("INBOX") }
            let during = try await account.write(isRelaxed: true) { try $0.database.synchronous() }
            #expect(during == 1)
            _ = try await account.claimRecent(in: inbox)
            #expect(try await account.write { try $0.database.synchronous() } == 2)
        }
    }
}

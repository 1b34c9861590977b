import MailMessage
import Testing

@testable import MailStore

/// Junk has a clock of its own, by the rules of the trash's.
@Suite struct JunkClockTests {
    private func clocks(_ account: Account, _ mailbox: String) async throws -> [EpochSeconds?] {
        try await account.read { reader in
            var found: [EpochSeconds?] = []
            try reader.rows(in: reader.id(mailbox), .all) { found.append($0.junkedAt) }
            return found
        }
    }

    @Test func itRunsInJunkAndBelow() async throws {
        try await withAccount { account, clock in
            try await account.write { _ = try $0.createMailbox(try name("Junk/sub")) }
            try await account.append(message(), to: "Junk")
            let first = clock.now
            clock.now += 50
            try await account.write { _ = try $0.move(.all, from: $0.id("Junk"), to: $0.id("Junk/sub")) }
            #expect(try await clocks(account, "Junk/sub") == [first])
            try await account.write { _ = try $0.copy(.all, from: $0.id("Junk/sub"), to: $0.id("Junk")) }
            #expect(try await clocks(account, "Junk") == [clock.now])
            try await account.write { _ = try $0.move(.all, from: $0.id("Junk"), to: $0.id("INBOX")) }
            #expect(try await clocks(account, "INBOX") == [nil])
        }
    }

    @Test func itBeginsWhenAMailboxBecomesJunk() async throws {
        try await withAccount { account, clock in
            try await account.append(message(), to: "Archive")
            clock.now += 70
            try await account.write { transaction in
                try transaction.renameMailbox(from: try name("Archive"), to: try name("Junk/Archive"))
            }
            #expect(try await clocks(account, "Junk/Archive") == [clock.now])
            try await account.write { try $0.setRole(nil, of: $0.id("Junk")) }
            #expect(try await clocks(account, "Junk/Archive") == [nil])
        }
    }

    @Test func whatIsDueIsFound() async throws {
        try await withAccount { account, clock in
            clock.now = 100
            try await account.append(message(), to: "Junk", flags: [.system(.flagged)])
            try await account.append(message(), to: "Junk")
            clock.now = 200
            try await account.append(message(), to: "Junk")
            var cutoff = PurgeCutoff()
            cutoff.junk = 150
            let first = cutoff
            #expect(try await account.read { try $0.due(first).count } == 2)
            cutoff.sparesFlagged = true
            let second = cutoff
            #expect(try await account.read { try $0.due(second).map(\.uid) } == [try uid(2)])
            var named = PurgeCutoff()
            named.named = [.init(mailbox: try name("Junk"), moment: 200)]
            let third = named
            #expect(try await account.read { try $0.due(third, limit: 2).count } == 2)
        }
    }
}

import MailMessage
import Testing

@testable import MailStore

/// What the store remembers of expunged messages, and that it says so when it does not (RFC 7162 §3.2.5).
@Suite struct AccountVanishedTests {
    /// Five messages in INBOX, expunged one by one; the clock before each and after the last.
    private func expungeOneByOne(_ account: Account) async throws -> [ModSeq] {
        try await account.write { transaction in
            let inbox = try transaction.id("INBOX")
            for _ in 0..<5 { _ = try transaction.append(message(), to: inbox, receivedAt: 1) }
        }
        var clocks: [ModSeq] = []
        for number in 1...5 {
            clocks.append(try await account.read { try $0.modseq })
            let gone = uids(UInt32(number))
            try await account.write { _ = try $0.remove(in: try $0.id("INBOX"), gone) }
        }
        return clocks + [try await account.read { try $0.modseq }]
    }

    @Test func theOldestIsForgottenFirst() async throws {
        try await withAccount { account, _ in
            let clocks = try await expungeOneByOne(account)
            #expect(try await account.write { try $0.forgetVanished(keeping: 2) })
            #expect(try await account.write { try !$0.forgetVanished(keeping: 2) })
            let remembered = try await account.read { reader in
                let inbox = try reader.id("INBOX")
                return try clocks.map { try reader.rememberedVanished(in: inbox, since: $0) }
            }
            #expect(remembered == [nil, nil, nil, uids(4, 5), uids(5), []])
            let isComplete = try await account.read { reader in
                let inbox = try reader.id("INBOX")
                return try clocks.map { try reader.changes(in: inbox, since: $0).isComplete }
            }
            #expect(isComplete == [false, false, false, true, true, true])
        }
    }

    @Test func whatIsNewOrDifferentSince() async throws {
        try await withAccount { account, _ in
            let before = try await account.write { transaction in
                let inbox = try transaction.id("INBOX")
                for _ in 0..<3 { _ = try transaction.append(message(), to: inbox, receivedAt: 1) }
                return try transaction.modseq
            }
            try await account.write { transaction in
                let inbox = try transaction.id("INBOX")
                _ = try transaction.setFlags(in: inbox, uids(2), .add([.system(.seen)]))
                _ = try transaction.append(message(), to: inbox, receivedAt: 1)
            }
            let changed = try await account.read { try $0.changedUIDs(in: try $0.id("INBOX"), since: before) }
            #expect(changed == uids(2, 4))
        }
    }

    /// Rows are read in stretches where that is cheaper, and no row too many comes out.
    @Test func rowsOfSparseSets() async throws {
        try await withAccount { account, _ in
            try await account.write { transaction in
                let inbox = try transaction.id("INBOX")
                for _ in 0..<100 { _ = try transaction.append(message(), to: inbox, receivedAt: 1) }
            }
            let wanted = uids(1, 3, 5, 40, 99)
            let found = try await account.read { reader in
                var found: [UID] = []
                try reader.rows(in: try reader.id("INBOX"), wanted) { found.append($0.uid) }
                return found
            }
            #expect(found == wanted.ranges.map(\.lowerBound))
        }
    }
}

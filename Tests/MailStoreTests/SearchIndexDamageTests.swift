import Foundation
import MailMessage
import Testing

@testable import MailStore

/// Whatever is wrong with an index, it hides no message.
@Suite struct SearchIndexDamageTests {
    private func spoil(_ account: Account, _ change: (String) throws -> Void) async throws {
        while !account.closeIfIdle(since: .now) { try await Task.sleep(for: .milliseconds(2)) }
        let file = account.index.file
        try change(file.path(try #require(file.current)))
    }

    @Test(arguments: ["garbage", "truncated", "missing", "empty", "another account", "newer"])
    func aDamagedFileIsMadeAnew(_ kind: String) async throws {
        try await withIndexed { store, account in
            try await spoil(account) { path in
                let url = URL(fileURLWithPath: path)
                let bytes = try Data(contentsOf: url)
                switch kind {
                case "garbage": try Data(repeating: 0x78, count: bytes.count).write(to: url)
                case "truncated": try bytes.prefix(bytes.count / 2).write(to: url)
                case "missing": try FileManager.default.removeItem(at: url)
                case "empty": try Data().write(to: url)
                case "newer": try SQLConnection(bare: path, create: false).execute("PRAGMA user_version=99")
                default: try SQLConnection(bare: path, create: false).execute("UPDATE state SET account_id=2")
                }
            }
            // Nobody hears of it: everything is looked at.
            let found = try await account.found("zebra")
            #expect(found == nil || found == uids(1, 3))
            _ = try await store.fillIndex(of: account.id)
            #expect(try await account.found("zebra") == uids(1, 3))
        }
    }

    /// Torn pages in the middle: either the truth or no answer.
    @Test(arguments: 1...12) func noDamageHidesAMessage(_ page: Int) async throws {
        try await withIndexed { _, account in
            try await spoil(account) { path in
                var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                guard page * 4_096 <= bytes.count else { return }
                bytes.replaceSubrange((page - 1) * 4_096..<page * 4_096, with: Data(repeating: 0x55, count: 4_096))
                try bytes.write(to: URL(fileURLWithPath: path))
            }
            let found = try await account.found("zebra")
            let isWhole = found.map { $0.intersection(uids(1, 3)) == uids(1, 3) } ?? true
            #expect(isWhole)
        }
    }

    /// From a backup, say: the same numbers will be given to other messages, or have been.
    @Test(arguments: [[], ["lion", "tiger"]]) func anIndexOfAnotherPastIsGivenUp(_ words: [String]) async throws {
        try await withIndexed { _, account in
            let (database, kept) = (account.folder.database, account.folder.path + "/kept")
            try await spoil(account) { _ in try FileManager.default.copyItem(atPath: database, toPath: kept) }
            try await account.append(mail("four", "zebra"))
            try await account.fill()
            try await spoil(account) { _ in
                try FileManager.default.removeItem(atPath: database)
                try FileManager.default.moveItem(atPath: kept, toPath: database)
            }
            for word in words { try await account.append(mail("four", word)) }
            #expect(try await account.found("zebra") == nil)
            try await account.fill()
            #expect(try await account.found("zebra") == uids(1, 3))
            for word in words.prefix(1) { #expect(try await account.found(word) == uids(4)) }
        }
    }

    @Test func checkFindsADamagedIndex() async throws {
        try await withIndexed { store, account in
            #expect(try await store.checkIndex(of: account.id)?.problems == [])
            try await spoil(account) { path in
                try SQLConnection(bare: path, create: false).execute("DELETE FROM gram_data WHERE id=10")
            }
            #expect(try await store.checkIndex(of: account.id)?.problems.isEmpty == false)
            try await store.dropIndex(of: account.id)
            #expect(try await store.checkIndex(of: account.id)?.problems == [])
        }
    }
}

import Foundation
import MailMessage
import MailStore
import Testing

@testable import MailAdmin

/// Limits as administrators change them, several at the same time.
@Suite struct QuotaChangeTests {
    private func withAccount(_ body: (Administration, AccountID) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "quota-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try MailStore.create(at: path, isTestStore: true)
        let store = try MailStore(at: path)
        let id = try await store.directory.write { transaction in
            _ = try transaction.addDomain(try #require(MailDomain("example.test")))
            return try transaction.addAccount(NewAccount(address: try #require(EmailAddress("anna@example.test"))))
        }
        try await body(Administration(store: store, actor: "test", clock: { 1_000_000 }), id)
        await store.close()
    }

    /// Each adds to what the other has left.
    @Test func twoAtOnceBothCount() async throws {
        try await withAccount { administration, id in
            let entry = try #require(try await administration.store.directory.read { try $0.account(id) })
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        _ = try await administration.setQuota(QuotaOrder(size: .add(1_000_000)), of: entry)
                    }
                }
                try await group.waitForAll()
            }
            let after = try await administration.store.directory.read { try $0.account(id)?.quota.bytes }
            #expect(after == EffectiveQuota.standardBytes + 20_000_000)
        }
    }

    @Test func weightKnowsWhatLiesBelow() async throws {
        try await withAccount { administration, id in
            let message = StorableMessage(Array("Subject: x\r\n\r\n".utf8))
            try await administration.store.account(id).write { transaction in
                for name in ["Junk", "Junk/Old", "Trash/Junk", "INBOX"] {
                    let name = try #require(MailboxName(name))
                    let mailbox = try transaction.mailboxID(name) ?? transaction.createMailbox(name).id
                    _ = try transaction.append(message, to: mailbox, receivedAt: 1)
                }
            }
            let weight = try #require(try await administration.store.weight(of: id))
            #expect(weight.trashBytes == 14 && weight.junkBytes == 28)
        }
    }
}

import MailMessage
import Testing

@testable import MailStore

/// Which messages belong together (RFC 8474 §5.2).
@Suite struct AccountThreadTests {
    private func message(_ id: String, _ references: String...) -> StorableMessage {
        var text = "Message-ID: <\(id)@x>\r\n"
        if !references.isEmpty { text += "References: \(references.map { "<\($0)@x>" }.joined(separator: " "))\r\n" }
        return StorableMessage(Array("\(text)Subject: x\r\n\r\n\(id)\r\n".utf8))
    }

    /// The threads of messages that come in this order, as the place of the first of each.
    private func threads(_ messages: [StorableMessage]) async throws -> [Int] {
        var threads: [Int] = []
        try await withAccount { account, _ in
            for message in messages {
                try await account.write { _ = try $0.append(message, to: try $0.id("INBOX"), receivedAt: 1) }
            }
            let found = try await account.read { reader in
                var found: [ThreadID] = []
                try reader.objects(in: try reader.id("INBOX"), .all) { _, _, thread in found.append(thread) }
                return found
            }
            threads = found.map { thread in found.firstIndex(of: thread) ?? -1 }
        }
        return threads
    }

    @Test func repliesJoinWhatTheyAnswer() async throws {
        #expect(
            try await threads([message("a"), message("b", "a"), message("c"), message("d", "a", "b")]) == [0, 0, 2, 0])
    }

    @Test func answersMayComeFirst() async throws {
        #expect(try await threads([message("b", "a"), message("c", "a", "b"), message("a")]) == [0, 0, 0])
        // Siblings whose parent is not there.
        #expect(try await threads([message("b", "a"), message("c", "a")]) == [0, 0])
    }

    /// An identifier never changes: what joins two threads goes to the nearer.
    @Test func threadsAreNotMerged() async throws {
        #expect(
            try await threads([message("a"), message("b"), message("c", "a", "b"), message("d", "a")]) == [0, 1, 1, 0])
    }

    @Test func withoutIdentifiersNothingIsShared() async throws {
        let bare = StorableMessage(Array("Subject: Re: x\r\n\r\n".utf8))
        #expect(try await threads([bare, bare]) == [0, 1])
    }

    @Test func manyReferencesCostNoMoreThanTheLimit() {
        let names = (0..<100).map { Array("\($0)".utf8) }
        let keys = StorableMessage.threadKeys(names)
        #expect(keys.count == StorableMessage.threadKeyLimit)
        #expect(keys.first == StorableMessage.threadKeys([names[0]]).first)
        #expect(keys.last == StorableMessage.threadKeys([names[99]]).first)
        #expect(StorableMessage.threadKeys(Array(names.prefix(20))).count == 20)
        #expect(StorableMessage.threadKeys(Array(names.prefix(21))).count == 20)
    }

    @Test func aThreadGoesWithItsLastMessage() async throws {
        try await withAccount { account, _ in
            let (first, second) = (message("a"), message("b", "a"))
            try await account.write { transaction in
                let inbox = try transaction.id("INBOX")
                _ = try transaction.append(first, to: inbox, receivedAt: 1)
                _ = try transaction.append(second, to: inbox, receivedAt: 1)
                _ = try transaction.remove(in: inbox, uids(1))
            }
            try await account.collectGarbage()
            func keys() async throws -> Int64? {
                try await account.read { try $0.database("SELECT count(*) FROM thread_key").number() }
            }
            #expect(try await keys() == 2)
            try await account.write { _ = try $0.remove(in: try $0.id("INBOX"), uids(2)) }
            try await account.collectGarbage()
            #expect(try await keys() == 0)
        }
    }

    /// A store of before: each message begins a thread of its own.
    @Test func olderMessagesGetThreads() async throws {
        let path = temporaryPath()
        let old = Schema(name: "account", steps: Array(AccountSchema.schema.steps.prefix(2)))
        try SQLConnection.build(path, schema: old) { database in
            try database("INSERT INTO message VALUES (1, 5, 6, 0, 1, 0, 0, x'', x'')").run()
        }
        let database = try SQLConnection.open(path, schema: AccountSchema.schema, create: false)
        #expect(try database("SELECT thread_id FROM message").number() == 6)
    }
}

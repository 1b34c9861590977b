import Foundation
import MailMessage
import MailStore
import Testing

@testable import MailSessions

/// MOVE between two accounts' databases, where somebody or something comes between its two halves.
@Suite struct IMAPCrossMoveTests {
    private func withServer(_ body: (DialogueServer) async throws -> Void) async throws {
        let server = try await DialogueServer()
        do { try await body(server) } catch { Issue.record(error) }
        await server.stop()
    }

    private func imap(_ server: DialogueServer, _ user: String, _ mailbox: String) async throws -> SessionClient {
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        #expect(try await client.ask("a LOGIN \(user) secret").hasPrefix("a OK"))
        #expect(try await client.end(of: "b SELECT \"\(mailbox)\"").hasPrefix("b OK"))
        return client
    }

    private func count(_ server: DialogueServer, _ user: String, _ mailbox: String) async throws -> Int {
        let name = try #require(MailboxName(mailbox))
        return try await server.account(user).read { try $0.mailbox(name)?.total ?? -1 }
    }

    /// Copied already, and then its owner moves it elsewhere: it is where he has put it, and nowhere else.
    @Test func whatGoesMeanwhileIsNotThereTwice() async throws {
        try await withServer { server in
            try await server.put((1...3).map { "Subject: \($0)\r\n\r\ntext\r\n" }, into: "alice")
            let owner = try await imap(server, "alice", "INBOX")
            #expect(try await owner.ask("c SETACL INBOX bob lrte").hasPrefix("c OK"))
            let guest = try await imap(server, "bob", "Other Users/alice/INBOX")
            let bob = try await server.account("bob")
            async let held: Void = bob.write { _ in Thread.sleep(forTimeInterval: 2) }
            try await Task.sleep(for: .milliseconds(300))
            await guest.say("d MOVE 1:* Trash")
            try await Task.sleep(for: .milliseconds(700))
            #expect(try await owner.end(of: "e MOVE 2 Archive").hasPrefix("e OK"))

            #expect(try await guest.end().hasPrefix("d OK"))
            try await held
            #expect(try await count(server, "alice", "INBOX") == 0)
            #expect(try await count(server, "alice", "Archive") == 1)
            #expect(try await count(server, "bob", "Trash") == 2)
        }
    }

    /// The right is taken away between the halves: nothing has moved.
    @Test func whatMayNoLongerGoIsTakenBack() async throws {
        try await withServer { server in
            try await server.put(["Subject: 1\r\n\r\ntext\r\n"], into: "alice")
            let owner = try await imap(server, "alice", "INBOX")
            #expect(try await owner.ask("c SETACL INBOX bob lrte").hasPrefix("c OK"))
            let guest = try await imap(server, "bob", "Other Users/alice/INBOX")
            let bob = try await server.account("bob")
            async let held: Void = bob.write { _ in Thread.sleep(forTimeInterval: 2) }
            try await Task.sleep(for: .milliseconds(300))
            await guest.say("d MOVE 1 Trash")
            try await Task.sleep(for: .milliseconds(700))
            #expect(try await owner.ask("e SETACL INBOX bob lr").hasPrefix("e OK"))

            #expect(try await guest.end().hasPrefix("d NO [NOPERM]"))
            try await held
            #expect(try await count(server, "alice", "INBOX") == 1)
            #expect(try await count(server, "bob", "Trash") == 0)
        }
    }

    /// The first parcel fits and the second does not: each message is in one place, and the client knows in which.
    @Test func halfAMoveIsTold() async throws {
        try await withServer { server in
            let all = MessageParcel.countLimit + 30
            try await server.put((1...all).map { "Subject: \($0)\r\n\r\ntext\r\n" }, into: "alice")
            let carol = try #require(try await server.server.store.directory.entry(login: "carol")).id
            try await server.server.store.directory.write { transaction in
                _ = try transaction.setQuota(
                    QuotaRule(messages: .limit(Int64(all - 1))), for: .account(carol), grace: 0)
            }
            let owner = try await imap(server, "carol", "INBOX")
            #expect(try await owner.ask("c SETACL Archive alice lri").hasPrefix("c OK"))
            let client = try await imap(server, "alice", "INBOX")
            await client.say("d MOVE 1:* \"Other Users/carol/Archive\"")
            let lines = try await client.lines()
            #expect(lines.last?.hasPrefix("d NO [OVERQUOTA]") == true)
            #expect(lines.first?.contains("[COPYUID") == true && lines.first?.contains(" 1:500 1:500]") == true)
            #expect(lines.filter { $0.hasSuffix("EXPUNGE") }.count == 500)
            #expect(try await count(server, "alice", "INBOX") == 30)
            #expect(try await count(server, "carol", "Archive") == 500)
        }
    }
}

extension SessionClient {
    /// Up to the tagged reply.
    fileprivate func lines() async throws -> [String] {
        var lines = [try await hear()]
        while lines.last?.hasPrefix("* ") == true { lines.append(try await hear()) }
        return lines
    }

    fileprivate func end() async throws -> String { try await lines().last ?? "" }

    fileprivate func end(of command: String) async throws -> String {
        await say(command)
        return try await end()
    }
}

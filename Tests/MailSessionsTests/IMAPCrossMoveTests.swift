import Foundation
import MailMessage
import Testing

@testable import MailSessions
@testable import MailStore

/// MOVE and REPLACE between two accounts' databases, where somebody or something comes between its two halves.
@Suite struct IMAPCrossMoveTests {
    private func withServer(_ body: (DialogueServer) async throws -> Void) async throws {
        let server = try await DialogueServer()
        do { try await body(server) } catch { Issue.record(error) }
        await server.stop()
    }

    /// Does something else once a command has read what it wants to write into a user's database, and waits there.
    private func withHeld(
        _ server: DialogueServer, _ user: String, while command: () async -> Void,
        _ body: () async throws -> Void
    ) async throws {
        let (account, gate) = (try await server.account(user), DispatchSemaphore(value: 0))
        async let held: Void = account.write { _ in gate.wait() }
        while !account.isBusy { try await Task.sleep(for: .milliseconds(5)) }
        while account.waitingWrites > 0 { try await Task.sleep(for: .milliseconds(5)) }
        await command()
        while account.waitingWrites == 0 { try await Task.sleep(for: .milliseconds(5)) }
        try await body()
        gate.signal()
        try await held
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
            try await withHeld(server, "bob", while: { await guest.say("d MOVE 1:* Trash") }) {
                let reply = try await owner.end(of: "e MOVE 2 Archive")
                #expect(reply.hasPrefix("e OK"))
            }

            #expect(try await guest.end().hasPrefix("d OK"))
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
            try await withHeld(server, "bob", while: { await guest.say("d MOVE 1 Trash") }) {
                let reply = try await owner.ask("e SETACL INBOX bob lr")
                #expect(reply.hasPrefix("e OK"))
            }

            #expect(try await guest.end().hasPrefix("d NO [NOPERM]"))
            #expect(try await count(server, "alice", "INBOX") == 1)
            #expect(try await count(server, "bob", "Trash") == 0)
        }
    }

    /// The old message goes while the new one is on its way to another account: neither is there then.
    @Test func whatHasGoneIsNotReplaced() async throws {
        try await withServer { server in
            try await server.put(["Subject: old\r\n\r\ntext\r\n"], into: "alice")
            let owner = try await imap(server, "bob", "INBOX")
            #expect(try await owner.ask("c SETACL Archive alice lri").hasPrefix("c OK"))
            let client = try await imap(server, "alice", "INBOX")
            let other = try await imap(server, "alice", "INBOX")
            let replace = "d REPLACE 1 \"Other Users/bob/Archive\" {7+}\r\n\r\nnew\r\n"
            try await withHeld(server, "bob", while: { await client.say(replace) }) {
                let reply = try await other.end(of: "e MOVE 1 Trash")
                #expect(reply.hasPrefix("e OK"))
            }

            #expect(try await client.end().hasPrefix("d NO [EXPUNGEISSUED]"))
            #expect(try await count(server, "bob", "Archive") == 0)
            #expect(try await count(server, "alice", "Trash") == 1)
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

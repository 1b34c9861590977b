import Foundation
import MailIdentity
import MailMessage
import MailStore
import Testing

@testable import MailSessions

/// Two servers over one store folder, as two workers of one supervisor are.
@Suite(.serialized) struct TwoServersTests {
    private func withTwo(_ body: (DialogueServer, DialogueServer) async throws -> Void) async throws {
        let first = try await DialogueServer()
        let second = try await DialogueServer(reopening: first)
        do { try await body(first, second) } catch { Issue.record(error) }
        await second.server.drain()
        await first.stop()
    }

    private func imap(_ server: DialogueServer, _ user: String) async throws -> SessionClient {
        let client = try await SessionClient(server, .imaps)
        _ = try await client.hear()
        #expect(try await client.ask("a LOGIN \(user) secret").hasPrefix("a OK"))
        return client
    }

    private func change(_ server: DialogueServer, _ user: String, _ change: Change) async throws {
        let account = try #require(try await server.server.store.directory.entry(login: user)).id
        let other = Credential(hash: "$y$another", changedAt: 5)
        try await server.server.store.directory.write { transaction in
            switch change {
            case .suspension: _ = try transaction.suspendAccount(account)
            case .password: try transaction.setCredential(other, of: account)
            }
        }
    }

    enum Change: CaseIterable { case suspension, password }

    /// Whoever changes the account, and whoever has the session: it ends, whether it waits, idles or talks; others go on.
    @Test(arguments: Change.allCases) func aChangedAccountsSessionsEndEverywhere(_ what: Change) async throws {
        try await withTwo { first, second in
            let idle = try await imap(second, "alice")
            #expect(try await idle.ask("b SELECT INBOX").hasPrefix("* "))
            let waiting = try await imap(second, "alice")
            let here = try await imap(first, "alice")
            let other = try await imap(second, "bob")
            let pop = try await SessionClient(second, .pop3s)
            _ = try await pop.hear()
            _ = try await pop.ask("USER alice")
            #expect(try await pop.ask("PASS secret").hasPrefix("+OK"))
            try await change(first, "alice", what)
            for client in [waiting, here] { #expect(try await client.hear().hasPrefix("* BYE The account")) }
            #expect(try await pop.hear().hasPrefix("-ERR"))
            var line = ""
            while !line.hasPrefix("* BYE"), line != "<closed>" { line = try await idle.hear() }
            #expect(line.hasPrefix("* BYE The account"))
            #expect(try await other.ask("c NOOP").hasPrefix("c OK"))
        }
    }

    /// Mail that one worker delivers is told by another at once to whoever idles there.
    @Test func newMailIsToldByTheOtherWorker() async throws {
        try await withTwo { first, second in
            let client = try await imap(second, "alice")
            await client.say("b SELECT INBOX")
            var line = ""
            while !line.hasPrefix("b OK") { line = try await client.hear() }
            #expect(try await client.ask("c IDLE").hasPrefix("+"))
            for number in 1...5 {
                let started = ContinuousClock.now
                try await first.deliver(to: "alice", "INBOX", subject: "n")
                while !line.hasPrefix("* \(number) EXISTS") { line = try await client.hear() }
                #expect(started.duration(to: .now) < .seconds(2), "\(started.duration(to: .now))")
            }
        }
    }

    /// And what happens in mailboxes that are not selected, shared ones too, to whoever uses NOTIFY there.
    @Test func changesElsewhereAreToldByTheOtherWorker() async throws {
        try await withTwo { first, second in
            let (alice, bob) = (try await imap(first, "alice"), try await imap(second, "bob"))
            #expect(
                try await bob.ask("b NOTIFY SET (subtree \"Other Users\" (MessageNew MessageExpunge MailboxName))")
                    .hasPrefix("b OK"))
            let own = try await imap(second, "alice")
            #expect(try await own.ask("b NOTIFY SET (personal (MailboxName))").hasPrefix("b OK"))
            #expect(try await alice.ask("c SETACL Archive bob lr").hasPrefix("c OK"))
            #expect(try await bob.hear() == "* LIST (\\HasNoChildren) \"/\" \"Other Users/alice/Archive\"")
            #expect(try await bob.hear().hasPrefix("* STATUS \"Other Users/alice/Archive\" (MESSAGES 0 "))
            try await first.deliver(to: "alice", "Archive", subject: "n")
            #expect(try await bob.hear().hasPrefix("* STATUS \"Other Users/alice/Archive\" (MESSAGES 1 "))
            #expect(try await alice.ask("d RENAME Archive Old").hasPrefix("d OK"))
            #expect(try await own.hear() == "* LIST (\\HasNoChildren \\Archive) \"/\" Old (\"OLDNAME\" (Archive))")
            #expect(try await bob.hear().contains("(\"OLDNAME\" (\"Other Users/alice/Archive\"))"))
        }
    }
}

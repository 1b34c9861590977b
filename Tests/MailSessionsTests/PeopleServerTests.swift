import Foundation
import MailMessage
import MailStore
import Testing

@testable import MailSessions

/// What administrators see of those who are logged in, and do to them.
@Suite(.serialized) struct PeopleServerTests {
    private func imap(_ server: DialogueServer, _ user: String) async throws -> SessionClient {
        let client = try await SessionClient(server, .imaps, over: .socket)
        _ = try await client.hear()
        #expect(try await client.ask("a LOGIN \(user) secret").hasPrefix("a OK"))
        return client
    }

    @Test func sessionsOfEveryWorkerAreListedAndClosed() async throws {
        let first = try await DialogueServer()
        let second = try await DialogueServer(reopening: first)
        let alice = try await imap(first, "alice")
        _ = try await alice.ask("b ID (\"name\" \"Post Horn\" \"version\" \"1.2\")")
        let (bob, again) = (try await imap(second, "bob"), try await imap(second, "alice"))
        let call = PresenceCall(store: first.folder + "/store")
        let sessions = try #require(try call.sessions()).sorted { $0.address < $1.address }
        #expect(sessions.map(\.address) == ["alice@example.test", "alice@example.test", "bob@example.test"])
        #expect(Set(sessions.compactMap(\.client)) == ["Post Horn 1.2"])
        for session in sessions {
            #expect(session.service == "imap" && session.peer == "127.0.0.1" && session.tls == "TLSv1.3")
            #expect(abs(session.since - systemClock()) < 60 && session.appPassword == nil)
        }
        let one = try #require(sessions.last?.id)
        #expect(try call.close(.session(one)) == 1)
        #expect(try await bob.hear().hasPrefix("* BYE "))
        #expect(try call.close(.account(try await first.account("alice").id)) == 2)
        #expect(try await again.hear().hasPrefix("* BYE "))
        while try await alice.hear() != "<closed>" {}
        await second.server.drain()
        await first.stop()
        #expect(try call.sessions() == nil)
    }

    @Test func blockedAddressesAreRefusedSoon() async throws {
        let server = try await DialogueServer()
        let open = try await imap(server, "alice")
        try await server.server.store.directory.write { _ = try $0.block("127.0.0.1", reason: "", until: nil) }
        let started = ContinuousClock.now
        #expect(try await open.hear() == "<closed>")
        #expect(started.duration(to: .now) < .seconds(2))
        for (service, words) in [
            (MailService.imap, "* BYE [CONTACTADMIN] Your address is blocked, ask your administrator"),
            (.smtp, "554 5.7.1 mail.example.test Your address is blocked, ask your administrator"),
            (.pop3, "-ERR Your address is blocked, ask your administrator"),
        ] {
            let client = try await SessionClient(server, service, over: .socket)
            #expect(try await client.hear() == words)
            #expect(try await client.hear() == "<closed>")
        }
        try await server.server.store.directory.write { _ = try $0.unblock("127.0.0.1") }
        var greeting = ""
        for _ in 0..<30 where !greeting.hasPrefix("* OK") {
            try await Task.sleep(for: .milliseconds(100))
            greeting = try await SessionClient(server, .imap, over: .socket).hear()
        }
        #expect(greeting.hasPrefix("* OK"))
        await server.stop()
    }

    /// Whose day comes while he is logged in.
    @Test func theLastDayEndsSessions() async throws {
        let server = try await DialogueServer()
        let alice = try await imap(server, "alice")
        let id = try await server.account("alice").id
        try await server.server.store.directory.write { transaction in
            try transaction.updateAccount(id, expiresAt: .set(systemClock() + 2), expiresThen: .set(.remove))
        }
        try await Task.sleep(for: .seconds(3))
        #expect(try await server.server.store.directory.carryOutExpiries(by: "test").map(\.id) == [id])
        #expect(try await alice.hear().hasPrefix("* BYE "))
        #expect(try await server.server.store.directory.entry(id: id)?.status == .removed)
        await server.stop()
    }
}

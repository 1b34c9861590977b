import Foundation
import MailStore
import MailTransport
import MailTransportTesting
import Testing

@testable import MailSessions

/// What no dialogue can show: clocks, damage and the end of the server.
@Suite struct IMAPSessionTests {
    private func lines(_ client: DialogueClient, until last: String) async throws -> [String] {
        var lines: [String] = []
        while let line = try await client.receive() {
            lines.append(line)
            if line.hasPrefix(last) { break }
        }
        return lines
    }

    @Test(arguments: [(false, 60), (true, 1_800)])
    func silenceEndsTheSession(isLoggedIn: Bool, seconds: Int) async throws {
        let server = try await DialogueServer { $0.limits.loginSeconds = 600 }
        let client = try await server.connect(.imaps, over: .memory)
        guard case .memory(let peer, _) = client else { return }
        #expect(try await client.receive()?.hasPrefix("* OK") == true)
        if isLoggedIn {
            await client.send("a LOGIN alice secret\r\n")
            _ = try await lines(client, until: "a OK")
        }
        await peer.advance(seconds: seconds - 1)
        await client.send("b NOOP\r\n")
        #expect(try await client.receive()?.hasPrefix("b OK") == true)
        await peer.advance(seconds: seconds + 1)
        #expect(try await client.receive() == "* BYE Nothing came for too long")
        #expect(try await client.receive() == nil)
        await server.stop()
    }

    /// The literal that a line over the limit announces is on its way: it is skipped, not taken for commands.
    @Test(arguments: DialogueServer.Transport.allCases)
    func literalBehindALongLine(transport: DialogueServer.Transport) async throws {
        let server = try await DialogueServer()
        let client = try await server.connect(.imaps, over: transport)
        _ = try await client.receive()
        let name = String(repeating: "x", count: 9_000)
        await client.send("a CREATE \(name){10+}\r\nb LOGOUT\r\n\r\nc NOOP\r\n")
        #expect(try await client.receive() == "a BAD [LIMIT] The line is too long")
        #expect(try await client.receive()?.hasPrefix("c OK") == true)
        await server.stop()
    }

    /// A damaged database stops its own account and no other.
    @Test func damageStaysWithItsAccount() async throws {
        let server = try await DialogueServer()
        let id = try await server.account("bob").id
        try await server.deliver(to: "bob", "INBOX", subject: "one")
        await server.server.drain()
        let files = FileManager.default.enumerator(atPath: server.folder + "/store/accounts")
        let database = try #require(files?.compactMap { $0 as? String }.first { $0.hasSuffix("/\(id)/db") })
        let path = server.folder + "/store/accounts/" + database
        for tail in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + tail) }
        try Data(repeating: 0x58, count: 8_192).write(to: URL(fileURLWithPath: path))

        let again = try await DialogueServer(reopening: server)
        let bob = try await again.connect(.imaps, over: .memory)
        await bob.send("a LOGIN bob secret\r\nb SELECT INBOX\r\n")
        let refusal = "NO [UNAVAILABLE] The mail of this account cannot be read now: ask your administrator to check it"
        #expect(try await lines(bob, until: "b ").last == "b \(refusal)")
        await bob.send("c LIST \"\" *\r\nd LOGOUT\r\n")
        #expect(try await lines(bob, until: "d ") == ["c \(refusal)", "* BYE Good bye", "d OK Logged out"])
        let alice = try await again.connect(.imaps, over: .memory)
        await alice.send("a LOGIN alice secret\r\nb SELECT INBOX\r\n")
        #expect(try await lines(alice, until: "b ").last == "b OK [READ-WRITE] Open")
        await again.stop()
    }
}

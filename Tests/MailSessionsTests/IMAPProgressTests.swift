import Foundation
import MailMessage
import MailStore
import MailWire
import Testing

@testable import MailSessions

/// RFC 9585: a client that waits is told how far its command is.
@Suite struct IMAPProgressTests {
    @Test func aLongSearchTellsHowFarItIs() async throws {
        let server = try await DialogueServer(settings: { $0.progressSeconds = 0 })
        // Bodies of that size are looked at one by one.
        let body = String(repeating: "some text\r\n", count: 30_000)
        try await server.put((1...3).map { "Subject: \($0)\r\n\r\n\(body)" }, into: "alice")
        let client = try await imap(server)

        #expect(try await client.ask("c SEARCH BODY nowhere") == "* OK [INPROGRESS (\"c\" 1 3)] Still at it")
        #expect(try await client.hear() == "* OK [INPROGRESS (\"c\" 2 3)] Still at it")
        #expect(try await client.hear() == "* SEARCH")
        #expect(try await client.hear() == "c OK That is all")
        await server.stop()
    }

    /// Between two accounts the parcels are counted.
    @Test(arguments: ["COPY", "MOVE"]) func theWayToAnotherAccountIsCounted(command: String) async throws {
        let server = try await DialogueServer(settings: { $0.progressSeconds = 0 })
        let (parcel, all) = (MessageParcel.countLimit, MessageParcel.countLimit + 20)
        try await server.put((1...all).map { "Subject: \($0)\r\n\r\ntext\r\n" }, into: "alice")
        let owner = try await imap(server, "bob")
        #expect(try await owner.ask("c SETACL Archive alice lri").hasPrefix("c OK"))
        let client = try await imap(server)

        let line = try await client.ask("c \(command) 1:* \"Other Users/bob/Archive\"")
        #expect(line == "* OK [INPROGRESS (\"c\" \(parcel) \(all))] Still at it")
        #expect(try await client.end(of: "c").hasPrefix("c OK"))
        await server.stop()
    }

    /// What one transaction does, or waits for, is told of by the clock. Here it waits until its client has been told.
    @Test(
        arguments: [
            "STORE 1:* +FLAGS (\\Deleted)", "COPY 1:* Archive", "MOVE 1:* Archive", "EXPUNGE", "UID EXPUNGE 1:*",
            "CLOSE",
            "RENAME Archive Attic", "DELETE Archive", "APPEND INBOX {3+}\r\na\r\n", "REPLACE 1 INBOX {3+}\r\na\r\n",
        ])
    func whateverTakesLongIsTold(command: String) async throws {
        let server = try await DialogueServer(settings: { $0.progressSeconds = 1 })
        try await server.put(["Subject: 1\r\n\r\ntext\r\n"], into: "alice")
        // The clock of a connection in memory stands still.
        let client = try await imap(server, over: .socket)
        let (alice, gate) = (try await server.account("alice"), DispatchSemaphore(value: 0))
        let begun = DispatchSemaphore(value: 0)
        async let held: Void = alice.write { _ in
            begun.signal()
            gate.wait()
        }
        await Self.wait(for: begun)

        #expect(try await client.ask("c \(command)") == "* OK [INPROGRESS (\"c\" NIL NIL)] Still at it")
        gate.signal()
        try await held
        #expect(try await client.end(of: "c").hasPrefix("c OK"))
        await server.stop()
    }

    @Test func figuresAreToldAsLongAsTheyAreTrue() {
        var progress = CommandProgress(tag: "a")
        #expect(progress.code == .inProgress(tag: "a", done: nil, goal: nil))
        progress.note(3, of: 9)
        #expect(progress.code == .inProgress(tag: "a", done: 3, goal: 9))
        progress.note(9, of: 9)
        #expect(progress.code == .inProgress(tag: "a", done: nil, goal: nil))
    }

    private static func wait(for semaphore: DispatchSemaphore) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                semaphore.wait()
                continuation.resume()
            }
        }
    }

    private func imap(
        _ server: DialogueServer, _ user: String = "alice", over transport: DialogueServer.Transport = .memory
    ) async throws -> SessionClient {
        let client = try await SessionClient(server, .imaps, over: transport)
        _ = try await client.hear()
        _ = try await client.ask("a LOGIN \(user) secret")
        await client.say("b SELECT INBOX")
        #expect(try await client.end(of: "b").hasPrefix("b OK"))
        return client
    }
}

extension SessionClient {
    fileprivate func end(of tag: String) async throws -> String {
        var line = try await hear()
        while !line.hasPrefix(tag + " "), line != "<closed>" { line = try await hear() }
        return line
    }
}

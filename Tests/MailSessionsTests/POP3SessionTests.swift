import MailMessage
import MailStore
import MailWire
import Testing

@testable import MailSessions

@Suite(.serialized) struct POP3SessionTests {
    private func login(_ server: DialogueServer, over transport: DialogueServer.Transport = .memory) async throws
        -> SessionClient
    {
        let client = try await SessionClient(server, .pop3s, over: transport)
        _ = try await client.hear()
        #expect(try await client.ask("AUTH PLAIN AGFsaWNlAHNlY3JldA==").hasPrefix("+OK"))
        return client
    }

    /// The lines of an answer up to its dot, dots taken out again.
    private func lines(_ client: SessionClient) async throws -> [String] {
        var result: [String] = []
        while true {
            let line = try await client.hear()
            if line == "." || line == "<closed>" { return result }
            result.append(line.hasPrefix(".") ? String(line.dropFirst()) : line)
        }
    }

    @Test func dotsAndLastLinesSurvive() async throws {
        let server = try await DialogueServer()
        let mail = ["A: 1\r\n\r\n.\r\n..\r\n.x\r\n", "A: 2\r\n\r\nno end of line", "A: 3\r\n\r\n"]
        try await server.put(mail, into: "alice")
        let client = try await login(server)
        #expect(try await client.ask("STAT") == "+OK 3 \(mail.joined().utf8.count)")
        for (index, text) in mail.enumerated() {
            #expect(try await client.ask("RETR \(index + 1)") == "+OK \(text.utf8.count) octets")
            let ending = text.hasSuffix("\r\n") ? "" : "\r\n"
            #expect(try await lines(client).map { $0 + "\r\n" }.joined() == text + ending)
        }
        await server.stop()
    }

    /// In order, backwards, and with holes: the prefetch never gives a wrong message.
    @Test func everyOrder() async throws {
        let server = try await DialogueServer()
        try await server.put(
            (1...200).map { "Subject: \($0)\r\n\r\n" + String(repeating: "x\r\n", count: $0 * 7) }, into: "alice")
        let client = try await login(server)
        #expect(try await client.ask("DELE 50") == "+OK Marked")
        let orders = [
            Array(1...49), Array((1...49).reversed()), stride(from: 51, through: 200, by: 3).map { $0 },
            Array(51...200),
        ]
        for order in orders {
            for number in order {
                _ = try await client.ask("RETR \(number)")
                let answer = try await lines(client)
                #expect(answer.first == "Subject: \(number)" && answer.count == number * 7 + 2)
            }
        }
        await server.stop()
    }

    @Test(arguments: DialogueServer.Transport.allCases)
    func largeMessageIsStreamed(transport: DialogueServer.Transport) async throws {
        let server = try await DialogueServer()
        let text = "Subject: large\r\n\r\n" + String(repeating: ".dots and more of them\r\n", count: 60_000)
        try await server.put([text], into: "alice")
        let client = try await login(server, over: transport)
        #expect(try await client.ask("RETR 1") == "+OK \(text.utf8.count) octets")
        let answer = try await lines(client)
        #expect(answer.count == 60_002 && answer.dropFirst(2).allSatisfy { $0 == ".dots and more of them" })
        #expect(try await client.ask("TOP 1 1") == "+OK")
        #expect(try await lines(client) == ["Subject: large", "", ".dots and more of them"])
        #expect(try await client.ask("NOOP") == "+OK")
        await server.stop()
    }

    /// What was read here is no news elsewhere; what was only looked at with TOP is.
    @Test func quitMarksAsSeen() async throws {
        let server = try await DialogueServer()
        try await server.put(["A: 1\r\n\r\n", "A: 2\r\n\r\n", "A: 3\r\n\r\n"], into: "alice")
        let client = try await login(server)
        for command in ["RETR 1", "TOP 2 0", "RETR 3"] {
            _ = try await client.ask(command)
            _ = try await lines(client)
        }
        #expect(try await client.ask("DELE 3") == "+OK Marked")
        #expect(try await client.ask("QUIT") == "+OK Bye")
        let seen = try await server.account("alice").read { reader in
            guard let inbox = try reader.mailbox(.inbox) else { throw StoreError.noSuchMailbox(nil) }
            var seen: [Bool] = []
            try reader.rows(in: inbox.id, UIDSet(UID.first...UID.last)) { seen.append($0.flags.contains(.seen)) }
            return seen
        }
        #expect(seen == [true, false])
        await server.stop()
    }

    @Test(arguments: [
        ("A: 1\r\n\r\nb\r\nc\r\n", 0, "A: 1\r\n\r\n"), ("A: 1\r\n\r\nb\r\nc\r\n", 1, "A: 1\r\n\r\nb\r\n"),
        ("A: 1\r\n\r\nb\r\nc\r\n", 9, "A: 1\r\n\r\nb\r\nc\r\n"), ("A: 1\n\nb\nc", 1, "A: 1\n\nb\n"),
        ("\r\n\r\nb\r\n", 1, "\r\n\r\n"),
        ("A: no body\r\n", 5, "A: no body\r\n"), ("A: 1\r\r\nb\r\n", 0, "A: 1\r\r\nb\r\n"),
        ("A: 1\r\n\r\r\nb\r\nc\r\n", 1, "A: 1\r\n\r\r\nb\r\n"),
    ])
    func topCutAnywhere(text: String, count: Int, expected: String) {
        let bytes = Array(text.utf8)
        for cut in 0...bytes.count {
            var cutter = POP3TopCutter(lines: count)
            var result: [UInt8] = []
            for part in [bytes[..<cut], bytes[cut...]] where !cutter.isDone {
                result += part.prefix(part.withUnsafeBytes { cutter.consume($0) })
            }
            #expect(String(decoding: result, as: UTF8.self) == expected)
        }
    }
}

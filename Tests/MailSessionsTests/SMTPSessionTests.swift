import MailMessage
import MailStore
import MailTransport
import MailTransportTesting
import Testing

@testable import MailSessions

/// What a text file cannot say: bytes, cuts, clocks, sizes.
@Suite(.serialized) struct SMTPSessionTests {
    private func client(_ server: DialogueServer) async throws -> SessionClient {
        let client = try await SessionClient(server, .smtp)
        #expect(try await client.hear() == "220 mail.example.test ESMTP ready")
        #expect(try await client.askLast("EHLO client.example") == "250 STARTTLS")
        return client
    }

    private func begin(_ client: SessionClient, to user: String = "alice") async throws {
        #expect(try await client.ask("MAIL FROM:<x@elsewhere.example>") == "250 2.1.0 Sender OK")
        #expect(try await client.ask("RCPT TO:<\(user)@example.test>") == "250 2.1.5 Recipient OK")
    }

    private func isAccepted(_ line: String) -> Bool { line.hasPrefix("250 2.0.0 OK id=") }

    @Test func dataCutAnywhereIsTheSameMessage() async throws {
        let server = try await DialogueServer()
        let client = try await client(server)
        let text = Array("Subject: a\r\n\r\n..\r\n.x\r\nend\r\n.\r\nNOOP\r\n".utf8)
        for cut in 1..<text.count {
            try await begin(client)
            #expect(try await client.ask("DATA") == "354 End with CRLF.CRLF")
            await client.send(Array(text[..<cut]))
            await client.send(Array(text[cut...]))
            #expect(isAccepted(try await client.hear()), "cut at \(cut)")
            #expect(try await client.hear() == "250 2.0.0 OK")
        }
        let stored = try await server.texts(of: "alice")
        #expect(stored.count == text.count - 1)
        #expect(stored.allSatisfy { $0.hasSuffix("Subject: a\r\n\r\n.\r\nx\r\nend\r\n") })
        await server.stop()
    }

    @Test func binaryChunksAreKeptToTheByte() async throws {
        let server = try await DialogueServer()
        let client = try await client(server)
        let body = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let header = Array("Content-Transfer-Encoding: binary\r\n\r\n".utf8)
        #expect(try await client.ask("MAIL FROM:<x@elsewhere.example> BODY=BINARYMIME") == "250 2.1.0 Sender OK")
        #expect(try await client.ask("RCPT TO:<alice@example.test>") == "250 2.1.5 Recipient OK")
        await client.send(Array("BDAT \(header.count)\r\n".utf8) + header)
        #expect(try await client.hear() == "250 2.0.0 \(header.count) octets received")
        await client.send(Array("BDAT \(body.count) LAST\r\n".utf8) + body)
        #expect(isAccepted(try await client.hear()))
        #expect(try await server.messages(of: "alice").first?.suffix(body.count) == body[...])
        await server.stop()
    }

    @Test(arguments: [(49, true), (50, true), (51, false)])
    func hops(count: Int, isGood: Bool) async throws {
        let server = try await DialogueServer()
        let client = try await client(server)
        try await begin(client)
        #expect(try await client.ask("DATA") == "354 End with CRLF.CRLF")
        let hops = String(repeating: "Received: from a by b; x\r\n", count: count)
        let answer = try await client.ask(hops + "\r\nReceived: in the body\r\n.")
        #expect(isGood ? isAccepted(answer) : answer == "554 5.4.6 Too many hops: the message goes in circles")
        await server.stop()
    }

    /// n-1, n, n+1 recipients.
    @Test func recipientLimit() async throws {
        let server = try await DialogueServer()
        var policy = SMTPPolicy(role: .receiving)
        policy.recipientLimit = 2
        let (connection, far) = await MemoryConnection.make()
        let session = SMTPSession(
            connection: connection, services: server.server.services(for: .smtp, nil), policy: policy)
        Task { await session.run() }
        let client = SessionClient(.memory(far, connection))
        _ = try await client.hear()
        #expect(try await client.askLast("EHLO x") == "250 LIMITS RCPTMAX=2")
        try await begin(client)
        #expect(try await client.ask("RCPT TO:<bob@example.test>") == "250 2.1.5 Recipient OK")
        #expect(try await client.ask("RCPT TO:<carol@example.test>") == "452 4.5.3 Too many recipients")
        #expect(try await client.ask("DATA") == "354 End with CRLF.CRLF")
        #expect(isAccepted(try await client.ask("Subject: x\r\n\r\n.")))
        #expect(try await server.texts(of: "bob").count == 1)
        await server.stop()
    }

    @Test func silenceEndsTheSession() async throws {
        let server = try await DialogueServer()
        let client = try await client(server)
        guard case .memory(let far, _) = client.client else { return }
        await far.advance(seconds: 310)
        #expect(try await client.hear() == "421 4.4.2 Nothing came for too long, closing")
        #expect(try await client.hear() == "<closed>")
        await server.stop()
    }

    /// A client that takes "\n.\n" for the end of data gets its refusal, and nothing more is read from it.
    @Test func bareEndWithoutTrueEnd() async throws {
        let server = try await DialogueServer()
        let client = try await client(server)
        guard case .memory(let far, _) = client.client else { return }
        try await begin(client)
        #expect(try await client.ask("DATA") == "354 End with CRLF.CRLF")
        await client.send(Array("Subject: x\n\nx\n.\n".utf8))
        await far.advance(seconds: 15)
        #expect(try await client.hear() == "550 5.5.2 Bare CR or LF in the message")
        #expect(try await client.hear() == "<closed>")
        #expect(try await server.texts(of: "alice").isEmpty)
        await server.stop()
    }

    /// Larger than what is kept in memory: a file, and the same bytes.
    @Test(arguments: DialogueServer.Transport.allCases)
    func largeMessage(transport: DialogueServer.Transport) async throws {
        let server = try await DialogueServer()
        let client = try await SessionClient(server, .smtp, over: transport)
        _ = try await client.hear()
        _ = try await client.askLast("EHLO x")
        try await begin(client)
        #expect(try await client.ask("DATA") == "354 End with CRLF.CRLF")
        let line = Array(String(repeating: "x", count: 76).utf8) + [0x0d, 0x0a]
        let block = Array(repeatElement(line, count: 1_000).joined())
        await client.send(Array("Subject: large\r\n\r\n".utf8))
        for _ in 0..<60 { await client.send(block) }
        #expect(isAccepted(try await client.ask(".")))
        let stored = try #require(try await server.messages(of: "alice").first)
        #expect(stored.suffix(60 * block.count) == Array(repeatElement(block, count: 60).joined())[...])
        await server.stop()
    }

    /// One account commits, the other is over its quota: 250, and the queue has what is left.
    @Test func oneOfTwoFails() async throws {
        let server = try await DialogueServer()
        let client = try await client(server)
        try await begin(client, to: "tiny")
        #expect(try await client.ask("RCPT TO:<alice@example.test>") == "250 2.1.5 Recipient OK")
        #expect(try await client.ask("DATA") == "354 End with CRLF.CRLF")
        let body = String(repeating: String(repeating: "y", count: 70) + "\r\n", count: 400)
        #expect(isAccepted(try await client.ask("Subject: x\r\n\r\n" + body + ".")))
        #expect(try await server.texts(of: "alice").count == 1)
        #expect(try await server.texts(of: "tiny").isEmpty)
        await server.stop()
    }

    /// STOP while a client idles and another is in the middle of its data.
    @Test func drainingLetsAMessageEnd() async throws {
        let server = try await DialogueServer()
        let idle = try await SessionClient(server, .smtp, over: .socket)
        _ = try await idle.hear()
        let busy = try await SessionClient(server, .smtp, over: .socket)
        _ = try await busy.hear()
        _ = try await busy.askLast("EHLO x")
        try await begin(busy)
        #expect(try await busy.ask("DATA") == "354 End with CRLF.CRLF")
        let stop = Task { await server.server.drain() }
        #expect(try await idle.hear() == "421 4.3.2 The server is stopping, come back soon")
        #expect(isAccepted(try await busy.ask("Subject: x\r\n\r\nx\r\n.")))
        await stop.value
    }
}

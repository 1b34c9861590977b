import MailTransport
import Testing

@testable import MailSessions

/// Commands in any order, cut anywhere, with noise between them: the session answers or closes, and never traps.
@Suite(.serialized) struct SMTPNoiseTests {
    private static let smtp = [
        "EHLO x\r\n", "HELO x\r\n", "MAIL FROM:<a@b.test>\r\n", "MAIL FROM:<> BODY=BINARYMIME SIZE=10\r\n",
        "RCPT TO:<alice@example.test>\r\n", "RCPT TO:<nobody@example.test>\r\n", "DATA\r\n", "A: b\r\n\r\nx\r\n.\r\n",
        "\r\n.\r\n",
        "BDAT 5\r\nhello", "BDAT 0 LAST\r\n", "BDAT 3 LAST\r\na\nb", "RSET\r\n", "NOOP\r\n", "AUTH PLAIN\r\n", "*\r\n",
        "\n.\n", "\0\r\n",
        "BDAT 18446744073709551615 LAST\r\n", "VRFY x\r\n", "MAIL FROM:<\"\\\r\n", "\u{16}\u{3}\u{1}\r\n",
    ]
    private static let pop3 = [
        "USER alice\r\n", "PASS secret\r\n", "AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n", "STAT\r\n", "LIST\r\n",
        "UIDL 1\r\n", "RETR 1\r\n",
        "RETR 9999999999\r\n", "TOP 1 9999999999\r\n", "TOP 2 0\r\n", "DELE 1\r\n", "RSET\r\n", "CAPA\r\n", "UTF8\r\n",
        "AUTH LOGIN\r\n",
        "*\r\n", "=\r\n", "\0\n", "LIST 0\r\n",
    ]

    @Test(arguments: [UInt64(1), 2, 3]) func smtp(seed: UInt64) async throws {
        try await play(Self.smtp, to: .smtp, seed: seed)
    }

    @Test(arguments: [UInt64(1), 2, 3]) func pop3(seed: UInt64) async throws {
        try await play(Self.pop3, to: .pop3s, seed: seed)
    }

    private func play(_ phrases: [String], to service: MailService, seed: UInt64) async throws {
        let server = try await DialogueServer()
        try await server.put(["A: 1\r\n\r\nx\r\n", "A: 2\r\n\r\n.\r\n"], into: "alice")
        var random = SplitMix(state: seed)
        for _ in 0..<40 {
            let client = try await SessionClient(server, service)
            var bytes = (0..<30).flatMap { _ in Array((phrases.randomElement(using: &random) ?? "").utf8) }
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            let cut = Int.random(in: bytes.indices, using: &random)
            await client.send(Array(bytes[..<cut]))
            await client.send(Array(bytes[cut...]))
            await client.client.close()
            while try await client.hear() != "<closed>" {}
        }
        let after = try await SessionClient(server, service)
        #expect(try await after.hear().contains("mail.example.test"))
        await server.stop()
    }
}

/// Random numbers that a seed repeats.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}

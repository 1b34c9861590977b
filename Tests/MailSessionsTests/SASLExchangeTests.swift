import MailCrypto
import MailIdentity
import MailTransport
import MailWire
import Testing

@testable import MailSessions

@Suite(.serialized) struct SASLExchangeTests {
    private static let binding = MailIdentity.ChannelBinding(name: "tls-exporter", data: [1, 2, 3])

    @Test(arguments: [
        (false, true, true, [String]()), (true, false, true, ["PLAIN", "LOGIN"]),
        (true, true, false, ["SCRAM-SHA-256", "PLAIN", "LOGIN"]),
        (true, true, true, ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN", "LOGIN"]),
    ])
    func offers(isEncrypted: Bool, offersScram: Bool, isBound: Bool, names: [String]) {
        let offer = SASLOffer(
            isEncrypted: isEncrypted, offersScram: offersScram, bindings: isBound ? [Self.binding] : [])
        #expect(offer.names == names)
        #expect(offer.mechanism(named: "plain") == (isEncrypted ? .plain : nil))
        #expect(offer.mechanism(named: "CRAM-MD5") == nil)
    }

    /// The client's side of RFC 5802, over a whole session. Keys are made by the plain login before it.
    @Test(arguments: [false, true]) func scram(isWrong: Bool) async throws {
        let server = try await DialogueServer()
        try await loginPlain(server)
        let client = try await SessionClient(server, .submissions)
        _ = try await client.hear()
        _ = try await client.askLast("EHLO x")
        let bare = "n=alice,r=clientnonce"
        let first = try await client.ask("AUTH SCRAM-SHA-256 " + base64("n,," + bare))
        let serverFirst = try #require(SASLBase64.decode(Array(first.dropFirst(4).utf8)))
        let proof = ScramClient(
            password: isWrong ? "wrong" : "secret", bare: bare,
            serverFirst: String(decoding: serverFirst, as: UTF8.self))
        let answer = try await client.ask(base64(try #require(proof.final)))
        if isWrong {
            #expect(answer == "535 5.7.8 Wrong name or password")
        } else {
            #expect(answer.hasPrefix("334 "))
            #expect(try await client.ask("") == "235 2.7.0 Logged in")
        }
        await server.stop()
    }

    /// -PLUS over real TLS: the proof covers the connection; bound to another one it is worth nothing.
    @Test(arguments: [false, true]) func scramPlus(isElsewhere: Bool) async throws {
        let server = try await DialogueServer { $0.smtpOffersScramPlus = true }
        try await loginPlain(server)
        let client = try await SessionClient(server, .submissions, over: .socket)
        guard case .socket(let connection) = client.client else { return }
        var binding = try #require(await connection.run { $0.channelBinding(.tlsExporter) })
        if isElsewhere { binding[0] ^= 1 }
        _ = try await client.hear()
        #expect(try await client.askLast("EHLO x").contains("SCRAM-SHA-256-PLUS"))
        let bare = "n=alice,r=clientnonce"
        let first = try await client.ask("AUTH SCRAM-SHA-256-PLUS " + base64("p=tls-exporter,," + bare))
        let serverFirst = try #require(SASLBase64.decode(Array(first.dropFirst(4).utf8)))
        var proof = ScramClient(
            password: "secret", bare: bare, serverFirst: String(decoding: serverFirst, as: UTF8.self))
        proof.channel = Array("p=tls-exporter,,".utf8) + binding
        let answer = try await client.ask(base64(try #require(proof.final)))
        #expect(answer.hasPrefix(isElsewhere ? "535 5.7.8 " : "334 "))
        if !isElsewhere { #expect(try await client.ask("") == "235 2.7.0 Logged in") }
        await server.stop()
    }

    /// The same through IMAP, where the first message goes with the command (RFC 4959).
    @Test func scramPlusByIMAP() async throws {
        let server = try await DialogueServer()
        try await loginPlain(server)
        let client = try await SessionClient(server, .imaps, over: .socket)
        guard case .socket(let connection) = client.client else { return }
        let binding = try #require(await connection.run { $0.channelBinding(.tlsExporter) })
        #expect(try await client.hear().contains(" AUTH=SCRAM-SHA-256-PLUS "))
        let bare = "n=alice,r=clientnonce"
        let start = base64("p=tls-exporter,," + bare)
        let first = try await client.ask("a AUTHENTICATE SCRAM-SHA-256-PLUS \(start)")
        let serverFirst = try #require(SASLBase64.decode(Array(first.dropFirst(2).utf8)))
        var proof = ScramClient(
            password: "secret", bare: bare, serverFirst: String(decoding: serverFirst, as: UTF8.self))
        proof.channel = Array("p=tls-exporter,,".utf8) + binding
        #expect(try await client.ask(base64(try #require(proof.final))).hasPrefix("+ "))
        #expect(try await client.ask("").hasPrefix("a OK [CAPABILITY "))
        await server.stop()
    }

    /// mutt 2.2 would choose -PLUS and then send nothing: sending offers it only where the configuration says so.
    @Test func sendingDoesNotOfferPlusByItself() async throws {
        let server = try await DialogueServer()
        let client = try await SessionClient(server, .submissions, over: .socket)
        _ = try await client.hear()
        #expect(try await client.askLast("EHLO x") == "250 AUTH SCRAM-SHA-256 PLAIN LOGIN")
        await server.stop()
    }

    private func loginPlain(_ server: DialogueServer) async throws {
        let client = try await SessionClient(server, .submissions)
        _ = try await client.hear()
        _ = try await client.askLast("EHLO x")
        #expect(try await client.ask("AUTH PLAIN " + base64("\0alice\0secret")) == "235 2.7.0 Logged in")
        _ = try await client.ask("QUIT")
    }

    private func base64(_ text: String) -> String {
        String(decoding: SASLBase64.encode(Array(text.utf8)), as: UTF8.self)
    }
}

/// Just enough of a SCRAM-SHA-256 client.
struct ScramClient {
    let password: String
    let bare: String
    let serverFirst: String
    /// The gs2-header and what the channel adds.
    var channel = Array("n,,".utf8)

    var final: String? {
        let fields = serverFirst.split(separator: ",").map { $0.dropFirst(2) }
        guard fields.count == 3, let salt = SASLBase64.decode(Array(fields[1].utf8)), let count = Int(fields[2]) else {
            return nil
        }
        let withoutProof = "c=\(String(decoding: SASLBase64.encode(channel), as: UTF8.self)),r=\(fields[0])"
        let salted = pbkdf2SHA256(password: Array(password.utf8), salt: salt, iterations: count)
        let clientKey = hmacSHA256(key: salted, Array("Client Key".utf8))
        let message = Array("\(bare),\(serverFirst),\(withoutProof)".utf8)
        let signature = hmacSHA256(key: sha256(clientKey), message)
        let proof = zip(clientKey, signature).map { $0 ^ $1 }
        return withoutProof + ",p=" + String(decoding: SASLBase64.encode(proof), as: UTF8.self)
    }
}

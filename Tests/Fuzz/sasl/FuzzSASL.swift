import MailCrypto
import MailIdentity
import MailStore
import MailWire

/// Logins: lines of base64, PLAIN's message, and a whole SCRAM exchange. A zero byte parts SCRAM's first message from
/// its last one.
enum FuzzSASL: FuzzTarget {
    static let name = "sasl"

    static func check(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let bytes = Array(input.dropFirst())
        var rules = Rules()
        rules.none(brokenPlain(bytes))
        rules.none(SASLBase64.decode(bytes).flatMap(brokenPlain))
        rules.none(ScramClient(choice).broken(by: bytes))
        _ = SASLMechanism(name: String(decoding: bytes, as: UTF8.self))
        return rules.broken
    }

    private static func brokenPlain(_ bytes: [UInt8]) -> String? {
        guard let message = try? PlainMessage(bytes) else { return nil }
        var rules = Rules()
        rules.that(message.bytes == bytes, "PLAIN is written differently")
        rules.that(!message.password.isEmpty && !message.authentication.isEmpty, "PLAIN without a name or a password")
        return rules.broken
    }
}

/// The other side of an exchange: an attacker who does not know the keys, and a client who does.
private struct ScramClient {
    private static let salt = Array(UInt8(0)..<16)
    private static let salted = pbkdf2SHA256(
        password: Array("secret".utf8), salt: salt, iterations: ScramKeyMaker.minimumIterations)
    private static let clientKey = hmacSHA256(key: salted, Array("Client Key".utf8))
    private static let keys = ScramKeys(
        salt: salt, iterations: ScramKeyMaker.minimumIterations, storedKey: sha256(clientKey),
        serverKey: hmacSHA256(key: salted, Array("Server Key".utf8)))

    private let plus: Bool
    private let bindings: [ChannelBinding]

    init(_ choice: UInt8) {
        plus = choice & 1 == 1
        bindings = choice & 2 == 0 ? [] : [ChannelBinding(name: ChannelBinding.exporter, data: [7, 0, 9])]
    }

    func broken(by bytes: [UInt8]) -> String? {
        let first = Array(bytes.prefix { $0 != 0 })
        var rules = Rules()
        if let (server, _) = begin(first) {
            var server = server
            let guess = Array(bytes.dropFirst(first.count + 1))
            rules.that((try? server.clientFinal(guess)) == nil, "in without knowing the keys: \(guess)")
            rules.that((try? server.clientFinal(guess)) == nil, "a second try")
        }
        if let (server, challenge) = begin(first) {
            var server = server
            let final = honest(first, challenge)
            rules.that((try? server.clientFinal(final)) != nil, "out with the right keys: \(first)")
        }
        return rules.broken
    }

    private func begin(_ first: [UInt8]) -> (ScramServer, [UInt8])? {
        var server = ScramServer(plus: plus, bindings: bindings, nonce: Array("server+nonce".utf8))
        guard (try? server.clientFirst(first)) != nil, let challenge = server.serverFirst(keys: Self.keys) else {
            return nil
        }
        return (server, challenge)
    }

    /// RFC 5802 §3 from the client's side.
    private func honest(_ first: [UInt8], _ challenge: [UInt8]) -> [UInt8] {
        let commas = first.indices.filter { first[$0] == UInt8(ascii: ",") }
        let header = Array(first[...(commas.dropFirst().first ?? 0)])
        let bare = Array(first.dropFirst(header.count))
        let binding = header.first == UInt8(ascii: "p") ? header + (bindings.first?.data ?? []) : header
        let nonce = challenge.dropFirst(2).prefix { $0 != UInt8(ascii: ",") }
        let withoutProof = Array("c=".utf8) + Base64.encodedBytes(binding) + Array(",r=".utf8) + nonce
        let signed = Array([bare, challenge, withoutProof].joined(separator: [UInt8(ascii: ",")]))
        let signature = hmacSHA256(key: Self.keys.storedKey, signed)
        return withoutProof + Array(",p=".utf8) + Base64.encodedBytes(zip(Self.clientKey, signature).map { $0 ^ $1 })
    }
}

import MailCrypto

/// The client's half of SCRAM-SHA-256 (RFC 5802 §5, RFC 7677), without channel binding.
struct ScramClient {
    static let nonceLength = 18
    static let longestMessage = 4_096
    /// A server that asks for more would keep this machine busy.
    static let mostIterations = 1_000_000
    static let fewestIterations = 4_096  // RFC 7677 §4

    struct Task: Equatable, Sendable {
        let salt: [UInt8]
        let iterations: Int
    }

    private let bare: [UInt8]
    private let nonce: [UInt8]
    private var serverFirst: [UInt8] = []
    private var joinedNonce: [UInt8] = []
    private var signature: [UInt8] = []

    init(user: String, nonce: String) {
        self.nonce = Array(nonce.utf8)
        bare = Array("n=\(Self.escaped(user)),r=\(nonce)".utf8)
    }

    /// gs2-header client-first-message-bare
    var first: [UInt8] { Array("n,,".utf8) + bare }

    /// server-first-message = "r=" nonce ",s=" salt ",i=" iteration-count; nil for anything else.
    mutating func read(_ message: [UInt8]) -> Task? {
        guard message.count <= Self.longestMessage else { return nil }
        let parts = message.split(separator: 0x2c, omittingEmptySubsequences: false)
        guard parts.count >= 3, let joined = Self.value(of: "r", parts[0]), let text = Self.value(of: "s", parts[1]),
            let count = Self.value(of: "i", parts[2]), joined.count > nonce.count, joined.starts(with: nonce),
            let salt = Base64.decode(text), !salt.isEmpty,
            let iterations = Int(String(decoding: count, as: UTF8.self)),
            (Self.fewestIterations...Self.mostIterations).contains(iterations)
        else { return nil }
        serverFirst = message
        joinedNonce = Array(joined)
        return Task(salt: salt, iterations: iterations)
    }

    /// channel-binding "," nonce "," proof
    mutating func final(salted: [UInt8]) -> [UInt8] {
        let withoutProof = Array("c=biws,r=".utf8) + joinedNonce
        let signed = bare + [0x2c] + serverFirst + [0x2c] + withoutProof
        let clientKey = hmacSHA256(key: salted, Array("Client Key".utf8))
        let clientSignature = hmacSHA256(key: sha256(clientKey), signed)
        signature = hmacSHA256(key: hmacSHA256(key: salted, Array("Server Key".utf8)), signed)
        let proof = zip(clientKey, clientSignature).map { $0 ^ $1 }
        return withoutProof + Array(",p=\(Base64.encode(proof))".utf8)
    }

    /// server-final-message = "v=" base64
    func isProof(_ message: [UInt8]) -> Bool {
        guard !signature.isEmpty, let text = Self.value(of: "v", message[...].prefix { $0 != 0x2c }),
            let proof = Base64.decode(text)
        else { return false }
        return constantTimeEquals(proof, signature)
    }

    private static func value(of name: Unicode.Scalar, _ part: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard part.count > 2, part.first == UInt8(ascii: name), part.dropFirst().first == 0x3d else { return nil }
        return part.dropFirst(2)
    }

    /// saslname: "," and "=" stand as "=2C" and "=3D".
    private static func escaped(_ name: String) -> String {
        name.map { $0 == "," ? "=2C" : $0 == "=" ? "=3D" : String($0) }.joined()
    }
}

import MailCrypto

/// The attributes of one SCRAM message, in order: `r=abc,s=def` (RFC 5802 §7).
struct ScramAttributes {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// Takes the next attribute, which must have this name. RFC 5802 §5.1: the order of the attributes is fixed.
    mutating func expect(_ name: Character) throws(ScramError) -> ArraySlice<UInt8> {
        let part = rest.prefix { $0 != UInt8(ascii: ",") }
        guard part.count > 2, part.first == name.asciiValue, part.dropFirst().first == UInt8(ascii: "=") else {
            throw .malformed
        }
        rest = rest.dropFirst(part.count + 1)
        return part.dropFirst(2)
    }

    /// Whether the next attribute has this name.
    func next(is name: Character) -> Bool {
        rest.first == name.asciiValue && rest.dropFirst().first == UInt8(ascii: "=")
    }
}

/// `client-first-message = gs2-header client-first-message-bare` (RFC 5802 §7).
struct ScramClientFirst: Equatable {
    /// `n`, `y` or `p=name`: what the client says about channel binding.
    enum Binding: Equatable { case unsupported, unused, required(String) }

    static let maximumLength = 4_096

    let binding: Binding
    let header: [UInt8]
    let bare: [UInt8]
    let name: String
    let nonce: [UInt8]

    init(_ message: [UInt8]) throws(ScramError) {
        guard message.count <= Self.maximumLength else { throw .malformed }
        let flag = message.prefix { $0 != UInt8(ascii: ",") }
        let authorization = message.dropFirst(flag.count + 1).prefix { $0 != UInt8(ascii: ",") }
        let headerLength = flag.count + authorization.count + 2
        guard message.count > headerLength else { throw .malformed }
        binding = try Self.binding(flag)
        header = Array(message[..<headerLength])
        bare = Array(message[headerLength...])
        var attributes = ScramAttributes(bare[...])
        if attributes.next(is: "m") { throw .extensionsNotSupported }
        name = try Self.unescape(attributes.expect("n"))
        nonce = Array(try attributes.expect("r"))
        guard nonce.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw .malformed }
        try Self.check(authorization: authorization, name: name)
    }

    private static func binding(_ flag: ArraySlice<UInt8>) throws(ScramError) -> Binding {
        switch String(decoding: flag, as: UTF8.self) {
        case "n": return .unsupported
        case "y": return .unused
        case let text where text.hasPrefix("p=") && text.utf8.count > 2: return .required(String(text.dropFirst(2)))
        default: throw .malformed
        }
    }

    /// We deliberately let nobody act for somebody else: an authorisation identity is the name itself or absent.
    private static func check(authorization: ArraySlice<UInt8>, name: String) throws(ScramError) {
        guard !authorization.isEmpty else { return }
        guard authorization.starts(with: Array("a=".utf8)) else { throw .malformed }
        guard try unescape(authorization.dropFirst(2)) == name else { throw .otherAuthorization }
    }

    /// `saslname`: "," is sent as `=2C`, "=" as `=3D`; any other "=" is an error (RFC 5802 §5.1).
    static func unescape(_ bytes: ArraySlice<UInt8>) throws(ScramError) -> String {
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                result.append(byte)
                continue
            }
            switch String(decoding: rest.prefix(2), as: UTF8.self) {
            case "2C": result.append(UInt8(ascii: ","))
            case "3D": result.append(UInt8(ascii: "="))
            default: throw .malformed
            }
            rest = rest.dropFirst(2)
        }
        guard !result.isEmpty, let text = String(validating: result, as: UTF8.self) else { throw .invalidName }
        return text
    }
}

/// `client-final-message = channel-binding "," nonce ["," extensions] "," proof` (RFC 5802 §7).
struct ScramClientFinal {
    static let proofLength = 32

    let binding: [UInt8]
    let nonce: ArraySlice<UInt8>
    let proof: [UInt8]
    /// Everything before `,p=`: what the proof covers.
    let withoutProof: [UInt8]

    init(_ message: [UInt8]) throws(ScramError) {
        guard message.count <= ScramClientFirst.maximumLength else { throw .malformed }
        guard let comma = message.lastIndex(of: UInt8(ascii: ",")) else { throw .malformed }
        withoutProof = Array(message[..<comma])
        var attributes = ScramAttributes(withoutProof[...])
        binding = try Self.decode(attributes.expect("c"))
        nonce = try attributes.expect("r")
        var last = ScramAttributes(message[(comma + 1)...])
        proof = try Self.decode(last.expect("p"))
        guard proof.count == Self.proofLength else { throw .malformed }
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) throws(ScramError) -> [UInt8] {
        guard let decoded = Base64.decode(bytes) else { throw .malformed }
        return decoded
    }
}

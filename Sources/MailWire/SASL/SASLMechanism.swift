/// The mechanisms a session can speak, strongest first; the raw value is the name on the wire.
package enum SASLMechanism: String, CaseIterable, Hashable, Sendable {
    case scramSHA256Plus = "SCRAM-SHA-256-PLUS"
    case scramSHA256 = "SCRAM-SHA-256"
    case plain = "PLAIN"
    case login = "LOGIN"

    /// Whether the client speaks first: then the server's first challenge is empty (RFC 4422 §5).
    package var clientSpeaksFirst: Bool { self != .login }
    package var isScram: Bool { self == .scramSHA256 || self == .scramSHA256Plus }

    /// Names compare in any case.
    package init?(name: String) { self.init(rawValue: name.uppercased()) }
}

/// Why a message of the exchange is not one. SCRAM's own grammar lives with its keys, in MailIdentity.
package enum SASLSyntaxError: Error, Hashable, Sendable { case malformed }

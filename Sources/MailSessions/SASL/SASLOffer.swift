package import MailIdentity
import MailTransport
package import MailWire

/// What a connection may log in with: nothing before TLS, loopback included (RFC 4954 §4, RFC 8314 §3).
package struct SASLOffer: Sendable {
    package let mechanisms: [SASLMechanism]
    let bindings: [MailIdentity.ChannelBinding]

    package init(isEncrypted: Bool, offersScram: Bool, bindings: [MailIdentity.ChannelBinding]) {
        self.bindings = bindings
        mechanisms = SASLMechanism.allCases.filter { mechanism in
            guard isEncrypted else { return false }
            return switch mechanism {
            case .scramSHA256Plus: offersScram && !bindings.isEmpty
            case .scramSHA256: offersScram
            case .plain, .login: true
            }
        }
    }

    package static let none = SASLOffer(isEncrypted: false, offersScram: false, bindings: [])

    /// Nil for a mechanism that is unknown or not offered here.
    package func mechanism(named name: String) -> SASLMechanism? {
        SASLMechanism(name: name).flatMap { mechanisms.contains($0) ? $0 : nil }
    }

    /// The names with spaces between, as AUTH= and CAPA list them.
    package var names: [String] { mechanisms.map(\.rawValue) }
}

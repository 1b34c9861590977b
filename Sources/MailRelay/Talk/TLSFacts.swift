package import MailTransport

/// What the log and the trail say about the encryption of one connection.
package struct TLSFacts: Sendable, Equatable, CustomStringConvertible {
    package let version: String
    package let cipher: String
    package let proof: PeerProof

    /// The other side has shown who it is.
    package var isAuthenticated: Bool { proof != .unverified }

    package var description: String { "\(version) \(cipher), \(proof.words)" }
}

extension PeerProof {
    var words: String {
        switch self {
        case .unverified: "unverified"
        case .name(let name): "verified \(name)"
        case .dane(let usage, let selector, let matching): "DANE \(usage) \(selector) \(matching)"
        }
    }
}

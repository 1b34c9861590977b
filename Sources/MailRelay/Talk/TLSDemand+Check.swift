import MailCrypto
import MailTransport

/// What a demand means for one handshake.
struct HandshakeRules {
    let context: TLSClientContext
    let check: PeerCheck
}

extension TLSDemand {
    /// No mail goes in the clear.
    var isDemand: Bool {
        switch self {
        case .clear, .opportunistic, .tested: false
        case .encrypted, .verified, .dane, .implicit: true
        }
    }

    /// What is left where a handshake fails that nobody demands; nil: no mail (RFC 7435 §4: never less than without TLS at all).
    var weaker: TLSDemand? {
        switch self {
        case .tested: .opportunistic
        case .opportunistic: .clear
        case .clear, .encrypted, .verified, .dane, .implicit: nil
        }
    }

    var isImplicit: Bool { if case .implicit = self { true } else { false } }

    /// Why, for the words of a failure.
    var reason: String {
        switch self {
        case .clear: "no TLS"
        case .opportunistic, .tested: "opportunistic TLS"
        case .encrypted: "TLS is required"
        case .verified, .implicit: "TLS with a verified certificate is required"
        case .dane: "TLS with a certificate named by TLSA records is required (DANE)"
        }
    }

    func rules(for host: String, _ tls: RelayTLS) -> HandshakeRules {
        switch self {
        case .clear, .opportunistic: HandshakeRules(context: tls.opportunistic, check: .none)
        case .encrypted: HandshakeRules(context: tls.encrypted, check: .none)
        case .verified(let names), .implicit(let names), .tested(let names):
            HandshakeRules(context: tls.verified, check: .names(names.isEmpty ? [host] : names))
        case .dane(let records, let names): Self.rules(records, names, tls)
        }
    }

    /// RFC 7672 §2.2: where none of the records can be used, TLS is still a must, but nobody is asked who he is.
    private static func rules(_ records: [TLSARecord], _ names: [String], _ tls: RelayTLS) -> HandshakeRules {
        let usable = records.compactMap(\.usable)
        guard !usable.isEmpty else { return HandshakeRules(context: tls.encrypted, check: .none) }
        return HandshakeRules(context: tls.dane, check: .dane(usable, names: names))
    }
}

extension TLSARecord {
    var usable: DANERecord? {
        Hex.decode(data.utf8).flatMap {
            DANERecord(usage: usage, selector: selector, matching: matching, data: $0)
        }
    }
}

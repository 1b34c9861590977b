import COpenSSL
import MailNetwork

/// What the certificate of a dialled host must show before the handshake counts.
package enum PeerCheck: Sendable, Equatable {
    /// Nothing: whoever answers.
    case none
    /// A way to the context's authorities, and one of these names; "*.example.org" stands for one label.
    case names([String])
    /// One of these records (RFC 7672 §3.1); names count for usage 2 alone.
    case dane([DANERecord], names: [String])
}

/// A TLSA record of a kind that mail uses (RFC 7672 §3.1): DANE-TA(2) or DANE-EE(3).
package struct DANERecord: Sendable, Hashable {
    package let usage: UInt8
    package let selector: UInt8
    package let matching: UInt8
    package let data: [UInt8]

    /// Nil for one that is unusable (RFC 7672 §3.1.3, RFC 6698 §4.1): with unknown numbers, or a digest of the wrong length.
    package init?(usage: UInt8, selector: UInt8, matching: UInt8, data: [UInt8]) {
        guard (2...3).contains(usage), selector <= 1, !data.isEmpty else { return nil }
        switch matching {
        case 0: break
        case 1: guard data.count == 32 else { return nil }
        case 2: guard data.count == 64 else { return nil }
        default: return nil
        }
        (self.usage, self.selector, self.matching, self.data) = (usage, selector, matching, data)
    }
}

/// What a handshake showed of the peer.
package enum PeerProof: Sendable, Equatable {
    /// Nothing was asked.
    case unverified
    /// A chain to an authority, and this of the names.
    case name(String)
    case dane(usage: UInt8, selector: UInt8, matching: UInt8)
}

/// Why a certificate did not do.
package enum PeerFault: Sendable, Equatable {
    case hostMismatch, expired, notTrusted
    /// No TLSA record fits.
    case noRecordMatches
}

extension PeerCheck {
    /// Before the handshake. `host`: announced, and the base of DANE's names.
    func prepare(_ ssl: OpaquePointer, host: String) throws(TLSError) {
        switch self {
        case .none: SSL_set_verify(ssl, SSL_VERIFY_NONE, nil)
        case .names(let names):
            guard Self.expect(names, of: ssl) else { throw .fromQueue("the names to verify") }
            SSL_set_verify(ssl, SSL_VERIFY_PEER, nil)
        case .dane(let records, let names):
            try Self.prepareDANE(ssl, host: host, records, names)
            SSL_set_verify(ssl, SSL_VERIFY_PEER, nil)
        }
    }

    /// RFC 7672 §3.1.1: the names and the dates of a certificate that its record names itself (usage 3) do not matter.
    private static func prepareDANE(
        _ ssl: OpaquePointer, host: String, _ records: [DANERecord], _ names: [String]
    ) throws(TLSError) {
        guard SSL_dane_enable(ssl, host) == 1 else { throw .fromQueue("DANE") }
        SSL_dane_set_flags(ssl, UInt(DANE_FLAG_NO_DANE_EE_NAMECHECKS))
        var usable = 0
        for record in records {
            usable +=
                SSL_dane_tlsa_add(
                    ssl, record.usage, record.selector, record.matching, record.data, record.data.count) > 0
                ? 1 : 0
        }
        guard usable > 0 else { throw .fromQueue("no TLSA record can be used") }
        guard expect(names.isEmpty ? [host] : names, of: ssl) else {
            throw .fromQueue("the names to verify")
        }
    }

    /// RFC 6125 §6.4.3, without "f*.example.org". OpenSSL writes "*.example.org" as ".example.org".
    private static func expect(_ names: [String], of ssl: OpaquePointer) -> Bool {
        SSL_set_hostflags(
            ssl, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_SINGLE_LABEL_SUBDOMAINS))
        guard let first = names.first, !names.contains(where: { $0.utf8.contains(0) || $0.isEmpty })
        else { return false }
        if names.count == 1, let address = IPAddress(first) {
            return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), address.description) == 1
        }
        guard SSL_set1_host(ssl, pattern(first)) == 1 else { return false }
        return names.dropFirst().allSatisfy { SSL_add1_host(ssl, pattern($0)) == 1 }
    }

    private static func pattern(_ name: String) -> String {
        name.hasPrefix("*.") ? String(name.dropFirst()) : name
    }
}

extension TLSHandler {
    /// After the handshake.
    var proof: PeerProof {
        switch check {
        case .none: return .unverified
        case .names(let names):
            let matched = SSL_get0_peername(ssl).map { String(cString: $0) }
            return .name(matched ?? names.first ?? "")
        case .dane:
            var (usage, selector, matching): (UInt8, UInt8, UInt8) = (0, 0, 0)
            let depth = SSL_get0_dane_tlsa(ssl, &usage, &selector, &matching, nil, nil)
            return depth >= 0 ? .dane(usage: usage, selector: selector, matching: matching) : .unverified
        }
    }

    /// Nil when the certificate was not what failed.
    var peerFault: PeerFault? {
        switch Int32(truncatingIfNeeded: SSL_get_verify_result(ssl)) {
        case X509_V_OK: nil
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: .hostMismatch
        case X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID: .expired
        case X509_V_ERR_DANE_NO_MATCH: .noRecordMatches
        default: check.isDANE ? .noRecordMatches : .notTrusted
        }
    }
}

extension PeerCheck {
    var isDANE: Bool { if case .dane = self { true } else { false } }
}

extension Connection {
    /// Nil in plaintext.
    package var peerProof: PeerProof? {
        guard case .openSSL(let handler) = encryption, handler.state != .handshaking else { return nil }
        return handler.proof
    }

    /// Of a handshake that failed on the peer's certificate.
    package var peerFault: PeerFault? {
        if case .openSSL(let handler) = encryption { handler.peerFault } else { nil }
    }
}

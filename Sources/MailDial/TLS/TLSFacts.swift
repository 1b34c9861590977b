internal import COpenSSL

/// What a finished handshake settled, and what it showed.
package struct TLSFacts: Sendable, Equatable {
    package var version = TLSVersion(number: 0)
    /// As the wire's registry names it: "TLS_AES_256_GCM_SHA384".
    package var cipher = ""
    package var bits = 0
    /// The group of the key exchange, "x25519"; nil: an exchange without one.
    package var group: String?
    package var isResumed = false
    /// As it was sent: the server's own first.
    package var chain: [Certificate] = []
    /// What OpenSSL says against the chain; empty: trusted. Names are not its matter.
    package var faults: [ChainFault] = []
    package var isNameRight = false
    package var staple = Staple.none

    package enum Staple: Sendable, Equatable {
        case none, good, revoked, unknown
        /// Or out of date, or not signed by whom the issuer trusts.
        case unreadable
    }

    init() {}

    init(_ ssl: OpaquePointer, _ faults: [ChainFault], expecting name: String) {
        version = TLSVersion(number: UInt16(clamping: SSL_version(ssl)))
        if let used = SSL_get_current_cipher(ssl) {
            cipher = SSL_CIPHER_standard_name(used).map { String(cString: $0) } ?? ""
            bits = Int(SSL_CIPHER_get_bits(used, nil))
        }
        group = openssl_group(ssl).map { String(cString: $0) }
        isResumed = SSL_session_reused(ssl) == 1
        self.faults = faults
        let sent = SSL_get_peer_cert_chain(ssl)
        let pointers = (0..<openssl_chain_length(sent)).compactMap { openssl_chain_at(sent, $0) }
        chain = pointers.map(Certificate.init)
        guard let leaf = pointers.first else { return }
        isNameRight = CertificateName.matches(leaf, name)
        staple = Self.staple(openssl_staple(ssl, leaf))
    }

    private static func staple(_ code: Int32) -> Staple {
        switch code {
        case -1: .none
        case V_OCSP_CERTSTATUS_GOOD: .good
        case V_OCSP_CERTSTATUS_REVOKED: .revoked
        case V_OCSP_CERTSTATUS_UNKNOWN: .unknown
        default: .unreadable
        }
    }

    package var leaf: Certificate? { chain.first }

    /// Nothing speaks against a login over this session.
    package var isVerified: Bool {
        !chain.isEmpty && faults.isEmpty && isNameRight && staple != .revoked && !lacksPromisedStaple
    }

    /// RFC 7633 §4.2.3.1: a promised staple that does not come is a fault, and one that proves nothing is none; without a chain to
    /// trust none can be proven.
    package var lacksPromisedStaple: Bool {
        leaf?.mustStaple == true && (staple == .none || (staple == .unreadable && faults.isEmpty))
    }
}

/// One thing that OpenSSL has against a chain.
package enum ChainFault: Sendable, Equatable {
    case expired, notYetValid
    /// The leaf has signed itself.
    case selfSigned
    /// The chain ends at a root that this machine does not know.
    case unknownRoot
    /// The next certificate is neither in the chain nor among the authorities.
    case issuerMissing
    /// Keys or digests that are too weak.
    case weak
    case other(String)

    init(code: Int32) {
        switch code {
        case X509_V_ERR_CERT_HAS_EXPIRED: self = .expired
        case X509_V_ERR_CERT_NOT_YET_VALID: self = .notYetValid
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: self = .selfSigned
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: self = .unknownRoot
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            self = .issuerMissing
        case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK: self = .weak
        default: self = .other(String(cString: X509_verify_cert_error_string(Int(code))))
        }
    }
}

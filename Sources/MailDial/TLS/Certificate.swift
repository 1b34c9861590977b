internal import COpenSSL
import Glibc
internal import MailCrypto
internal import MailNetwork

/// A certificate as people ask about it.
package struct Certificate: Sendable, Equatable {
    package let subject: String
    package let issuer: String
    /// The organisation among the issuer's parts, else its common name.
    package let issuerName: String
    /// Host names and addresses that it is for (RFC 6125 §6.4: the common name only where no alternative name exists).
    package let names: [String]
    /// Seconds since 1970.
    package let notBefore: Int64
    package let notAfter: Int64
    /// "RSA", "EC", "ED25519".
    package let keyKind: String
    package let keyBits: Int
    /// "sha256WithRSAEncryption"
    package let signature: String
    package let isSelfIssued: Bool
    /// RFC 7633
    package let mustStaple: Bool
    package let whole: DERDigests
    package let key: DERDigests

    init(_ pointer: OpaquePointer) {
        subject = CertificateName.text(X509_get_subject_name(pointer))
        issuer = CertificateName.text(X509_get_issuer_name(pointer))
        issuerName =
            CertificateNames.part(of: X509_get_issuer_name(pointer), NID_organizationName)
            ?? CertificateNames.part(of: X509_get_issuer_name(pointer), NID_commonName) ?? issuer
        names = CertificateName.all(of: pointer)
        notBefore = CertificateTime.epoch(X509_get0_notBefore(pointer))
        notAfter = CertificateTime.epoch(X509_get0_notAfter(pointer))
        keyKind = openssl_key_kind(pointer).map(CertificateName.keyKind) ?? "?"
        keyBits = Int(openssl_key_bits(pointer))
        signature = openssl_signature_name(pointer).map { String(cString: $0) } ?? "?"
        isSelfIssued = X509_NAME_cmp(X509_get_subject_name(pointer), X509_get_issuer_name(pointer)) == 0
        mustStaple = openssl_must_staple(pointer) == 1
        whole = DERDigests { i2d_X509(pointer, $0) }
        key = DERDigests { openssl_key_der(pointer, $0) }
    }
}

/// Lower-case hex digests of something's DER form.
package struct DERDigests: Sendable, Equatable {
    package let plain: String
    package let sha256: String
    package let sha512: String

    init(_ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Int32) {
        var start: UnsafeMutablePointer<UInt8>?
        let length = encode(&start)
        let bytes = length > 0 ? Array(UnsafeBufferPointer(start: start, count: Int(length))) : []
        openssl_free_der(start)
        plain = Hex.encode(bytes)
        sha256 = Hex.encode(MailCrypto.sha256(bytes))
        var digest = [UInt8](repeating: 0, count: Int(SHA512_DIGEST_LENGTH))
        SHA512(bytes, bytes.count, &digest)
        sha512 = Hex.encode(digest)
    }
}

private enum CertificateTime {
    static func epoch(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        var parts = tm()
        guard ASN1_TIME_to_tm(time, &parts) == 1 else { return 0 }
        return Int64(timegm(&parts))
    }
}

enum CertificateName {

    /// "CN=imap.uni.example, O=Uni" (RFC 2253).
    static func text(_ name: OpaquePointer?) -> String {
        guard let name, let output = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(output) }
        openssl_print_name(output, name)
        var block = [UInt8](repeating: 0, count: 1_024)
        let count = BIO_read(output, &block, Int32(block.count))
        return String(decoding: block.prefix(max(0, Int(count))), as: UTF8.self).replacing(" = ", with: "=")
    }

    static func all(of certificate: OpaquePointer) -> [String] {
        let addresses = CertificateNames.addresses(of: certificate).compactMap { IPAddress(bytes: $0)?.description }
        let alternatives = CertificateNames.hosts(of: certificate) + addresses
        return alternatives.isEmpty ? CertificateNames.commonName(of: certificate).map { [$0] } ?? [] : alternatives
    }

    static func matches(_ certificate: OpaquePointer, _ name: String) -> Bool {
        guard IPAddress(name) == nil else { return X509_check_ip_asc(certificate, name, 0) == 1 }
        return X509_check_host(certificate, name, name.utf8.count, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS), nil)
            == 1
    }

    static func keyKind(_ name: UnsafePointer<CChar>) -> String {
        switch String(cString: name) {
        case "rsaEncryption": "RSA"
        case "id-ecPublicKey": "EC"
        case let other: other
        }
    }
}

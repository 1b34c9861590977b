import COpenSSL

/// What a certificate, an OpenSSL `X509 *`, calls its owner.
package enum CertificateNames {
    /// Of each kind: one may hold any number, and reading them takes quadratic time.
    package static let mostNames = 500
    private static let longestPart = 256

    /// Host names among the subject's alternative names.
    package static func hosts(of certificate: OpaquePointer) -> [String] {
        alternatives(of: certificate, type: GEN_DNS).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Addresses among them, of 4 or 16 bytes.
    package static func addresses(of certificate: OpaquePointer) -> [[UInt8]] {
        alternatives(of: certificate, type: GEN_IPADD)
    }

    package static func commonName(of certificate: OpaquePointer) -> String? {
        part(of: X509_get_subject_name(certificate), NID_commonName)
    }

    /// One part of a name, an `X509_NAME *`.
    package static func part(of name: OpaquePointer?, _ kind: Int32) -> String? {
        guard let name else { return nil }
        var text = [UInt8](repeating: 0, count: longestPart)
        let length = text.withUnsafeMutableBytes { space in
            X509_NAME_get_text_by_NID(
                name, kind, space.bindMemory(to: CChar.self).baseAddress, Int32(clamping: space.count))
        }
        return length > 0 ? String(decoding: text.prefix(Int(length)), as: UTF8.self) : nil
    }

    private static func alternatives(of certificate: OpaquePointer, type: Int32) -> [[UInt8]] {
        var owner: OpaquePointer?
        var found: [[UInt8]] = []
        var bytes: UnsafePointer<UInt8>?
        var length: Int32 = 0
        defer { openssl_alternative_names_free(owner) }
        while found.count < mostNames,
            openssl_alternative_names(
                certificate, type, Int32(clamping: found.count), &bytes, &length, &owner) > found.count
        {
            found.append(Array(UnsafeBufferPointer(start: bytes, count: max(0, Int(length)))))
        }
        return found
    }
}

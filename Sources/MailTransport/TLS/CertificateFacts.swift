import COpenSSL

/// What a person wants to know of a certificate file: for checks and reports, never for decisions about trust.
package struct CertificateFacts: Sendable, Equatable {
    package let subject: String
    /// Whole days until it expires; negative afterwards.
    package let daysLeft: Int
    /// The same, to the second.
    package let secondsLeft: Int
    /// Certificates in the file, the server's own included.
    package let chainLength: Int

    package init(file: String) throws(TLSError) {
        guard let source = BIO_new_file(file, "r") else { throw TLSError.fromQueue("cannot read \(file)") }
        defer { BIO_free(source) }
        guard let first = PEM_read_bio_X509(source, nil, nil, nil) else {
            throw TLSError.fromQueue("no certificate in \(file)")
        }
        defer { X509_free(first) }
        var count = 1
        while let next = PEM_read_bio_X509(source, nil, nil, nil) {
            X509_free(next)
            count += 1
        }
        ERR_clear_error()  // the end of the file
        var (days, seconds): (Int32, Int32) = (0, 0)
        ASN1_TIME_diff(&days, &seconds, nil, X509_get0_notAfter(first))
        (subject, daysLeft, chainLength) = (Self.commonName(first), Int(days), count)
        secondsLeft = Int(days) * 86_400 + Int(seconds)
    }

    private static func commonName(_ certificate: OpaquePointer) -> String {
        guard let name = X509_get_subject_name(certificate) else { return "" }
        var text = [CChar](repeating: 0, count: 256)
        guard X509_NAME_get_text_by_NID(name, NID_commonName, &text, Int32(text.count)) > 0 else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

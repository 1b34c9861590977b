import COpenSSL
import MailCrypto

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
        (subject, daysLeft, chainLength) = (CertificateNames.commonName(of: first) ?? "", Int(days), count)
        secondsLeft = Int(days) * 86_400 + Int(seconds)
    }
}

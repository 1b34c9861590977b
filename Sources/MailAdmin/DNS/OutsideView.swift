internal import MailCrypto
internal import MailDial
internal import MailNetwork

/// The world as others see it: names, and who proves a name on the web.
package struct OutsideView: Sendable {
    let names: NameService
    let trust: TLSTrust

    /// `resolver`: ADDRESS:PORT, empty for the system's. `authorities`: a PEM file, empty for the system's.
    package init(resolver: String, authorities: String = "") throws(AdminError) {
        let server = PeerAddress(resolver)
        guard resolver.isEmpty || server != nil else {
            throw .wrongData("\"\(resolver)\" is not ADDRESS:PORT")
        }
        names = NameService(server: server)
        do {
            trust = try TLSTrust(file: authorities.isEmpty ? nil : authorities)
        } catch {
            throw .unavailable("the authorities cannot be read: \(error.words)")
        }
    }
}

/// What TLSA records say of the server's certificate.
package struct CertificatePin: Sendable, Equatable {
    let octets: [UInt8]

    init(octets: [UInt8]) { self.octets = octets }

    /// nil for a file without a certificate, or one that cannot be read.
    package init?(file path: String) {
        guard !path.isEmpty, let pem = try? FileSystem.bytes(of: path),
            let digest = CertificateDigest.publicKey(pem: pem)
        else { return nil }
        octets = digest
    }
}

/// A certificate chain with its key. The names it serves are those in the certificate, and `names` beside them.
package struct TLSIdentity: Sendable, Hashable {
    package var certificateFile: String  // PEM, the server's certificate first
    package var keyFile: String
    package var names: [String]  // "mail.example.test", "*.example.test"

    package init(certificateFile: String, keyFile: String, names: [String] = []) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.names = names
    }
}

import Foundation
import MailTransport

/// A directory of its own with a certificate authority, made by the openssl command.
final class Authority: Sendable {
    let directory: String
    var file: String { directory + "/ca.pem" }

    init() throws {
        directory = NSTemporaryDirectory() + "transport-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=Authority"
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// A certificate for these names; `days` may be negative.
    func issue(
        _ file: String, names: [String] = ["localhost", "mail.example.test"], days: Int = 30,
        key: String = "ec -pkeyopt ec_paramgen_curve:P-256", digest: String = "sha256"
    ) throws -> TLSIdentity {
        let alternatives = names.map { "DNS:\($0)" } + ["IP:127.0.0.1", "IP:::1"]
        try "subjectAltName=\(alternatives.joined(separator: ","))".write(
            toFile: "\(directory)/\(file).ext", atomically: true, encoding: .utf8)
        try openssl("req -newkey \(key) -nodes -keyout \(file).key -out \(file).csr -subj /CN=\(names.first ?? "none")")
        try openssl(
            "x509 -req -in \(file).csr -CA ca.pem -CAkey ca.key -CAcreateserial -days \(days) -\(digest) -extfile \(file).ext -out \(file).pem"
        )
        return TLSIdentity(certificateFile: "\(directory)/\(file).pem", keyFile: "\(directory)/\(file).key")
    }

    private func openssl(_ arguments: String) throws {
        let done = try run("cd \(directory) && openssl \(arguments)")
        guard done.status == 0 else { throw Failure(text: "openssl \(arguments): \(done.errors)") }
    }

    struct Failure: Error { let text: String }
}

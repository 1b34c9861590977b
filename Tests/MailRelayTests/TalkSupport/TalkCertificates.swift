import Foundation
import Glibc
import MailTransport

@testable import MailRelay

/// Authorities, certificates and TLSA records, all made by the openssl command.
final class TalkCertificates: Sendable {
    /// Making keys is what these tests take longest for.
    static let shared = Result { try TalkCertificates() }

    let directory: String
    var authority: String { "\(directory)/ca.pem" }

    struct Failure: Error { let text: String }

    init() throws {
        directory = NSTemporaryDirectory() + "talk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for name in ["ca", "stranger"] {
            try openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout \(name).key -out \(name).pem -days 30 -subj /CN=\(name)"
            )
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// A certificate with its authority's behind it; `days` may be negative.
    func issue(_ file: String, name: String, days: Int = 30, by authority: String = "ca") throws -> TLSServerContext {
        try "subjectAltName=DNS:\(name)".write(toFile: "\(directory)/\(file).ext", atomically: true, encoding: .utf8)
        try openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout \(file).key -out \(file).csr -subj /CN=\(name)"
        )
        try openssl(
            "x509 -req -in \(file).csr -CA \(authority).pem -CAkey \(authority).key -set_serial 0x$(openssl rand -hex 8) -days \(days) -extfile \(file).ext -out \(file).leaf"
        )
        try shell("cat \(file).leaf \(authority).pem >\(file).pem")
        let identity = TLSIdentity(
            certificateFile: "\(directory)/\(file).pem", keyFile: "\(directory)/\(file).key", names: [name])
        return try TLSServerContext(identities: [identity])
    }

    /// Usage as given, and the digests of a file's certificate or key.
    func record(_ usage: UInt8, _ selector: UInt8, _ matching: UInt8, of file: String) throws -> TLSARecord {
        let der =
            selector == 0
            ? "openssl x509 -in \(file) -outform DER"
            : "openssl x509 -in \(file) -noout -pubkey | openssl pkey -pubin -outform DER"
        let digest = matching == 0 ? "cat" : "openssl dgst -binary -sha\(matching == 1 ? 256 : 512)"
        let text = try shell("\(der) | \(digest) | od -An -v -tx1 | tr -d ' \\n'")
        return TLSARecord(usage: usage, selector: selector, matching: matching, data: text)
    }

    private func openssl(_ arguments: String) throws { try shell("openssl \(arguments) 2>&1") }

    @discardableResult
    private func shell(_ command: String) throws -> String {
        let output = "\(directory)/\(UUID().uuidString)"
        var arguments: [UnsafeMutablePointer<CChar>?] =
            ["timeout", "20", "sh", "-c", "cd \(directory) && (\(command)) >\(output)"].map { (text: String) in
                strdup(text)
            } + [nil]
        defer { arguments.forEach { free($0) } }
        var pid = pid_t()
        guard posix_spawnp(&pid, "timeout", nil, nil, &arguments, environ) == 0 else { throw Failure(text: command) }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let text = String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self)
        guard status == 0 else { throw Failure(text: "\(command): \(text)") }
        return text
    }
}

import COpenSSL
import Foundation
import Glibc
import MailNetwork
import Testing

@testable import MailDial

/// Statements about a certificate that come with the handshake (RFC 6960, RFC 7633), from openssl's own server.
@Suite struct StapleTests {
    private static let statements: [(name: String, staple: TLSFacts.Staple)] = [
        ("ca", .good), ("stranger", .unreadable), ("other", .unreadable), ("stale", .unreadable),
        ("early", .unreadable),
    ]

    @Test func whatStatementsProve() async throws {
        let told = await BlockingThread.run {
            Result {
                let authority = try StapleAuthority()
                return try Self.statements.map { try authority.facts($0.name) }
            }
        }
        for ((name, staple), facts) in zip(Self.statements, try told.get()) {
            #expect(facts.faults.isEmpty && facts.isNameRight && facts.leaf?.mustStaple == true, "\(name)")
            #expect(facts.staple == staple, "\(name)")
            #expect(facts.lacksPromisedStaple == (staple != .good) && facts.isVerified == (staple == .good), "\(name)")
        }
    }
}

/// An authority, a certificate of it that promises a statement, and statements by several hands.
private final class StapleAuthority {
    private let directory: String

    struct Failure: Error { let text: String }

    init() throws {
        directory = NSTemporaryDirectory() + "staple-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        try shell(
            """
            for name in ca stranger; do openssl req -x509 \(key) -keyout $name.key -out $name.pem -days 30 -subj /CN=$name; done
            printf 'subjectAltName=DNS:mail.uni.example\\ntlsfeature=status_request\\n' >extensions
            openssl req \(key) -keyout leaf.key -out leaf.csr -subj /CN=mail.uni.example
            openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -set_serial 0x1001 -days 20 -extfile extensions -out leaf.pem
            printf 'V\\t491231235959Z\\t\\t1001\\tunknown\\t/CN=mail.uni.example\\n' >index
            openssl ocsp -issuer ca.pem -cert leaf.pem -no_nonce -reqout asked
            for name in ca stranger; do
              openssl ocsp -index index -CA ca.pem -rsigner $name.pem -rkey $name.key -reqin asked -respout $name.staple -ndays 3
            done
            openssl ocsp -issuer ca.pem -serial 0x1002 -no_nonce -reqout asked
            openssl ocsp -index index -CA ca.pem -rsigner ca.pem -rkey ca.key -reqin asked -respout other.staple -ndays 3
            """)
        try state("stale", from: -7 * 86_400, until: -86_400)
        try state("early", from: 86_400, until: 7 * 86_400)
    }

    /// That all is well, at another time than now: the command states only the present.
    private func state(_ name: String, from: Int, until: Int) throws {
        let leaf = read("leaf.pem") { PEM_read_bio_X509($0, nil, nil, nil) }
        let authority = read("ca.pem") { PEM_read_bio_X509($0, nil, nil, nil) }
        let key = read("ca.key") { PEM_read_bio_PrivateKey($0, nil, nil, nil) }
        let (basic, now) = (OCSP_BASICRESP_new(), time(nil))
        let (begin, end) = (ASN1_GENERALIZEDTIME_set(nil, now + from), ASN1_GENERALIZEDTIME_set(nil, now + until))
        defer {
            X509_free(leaf)
            X509_free(authority)
            EVP_PKEY_free(key)
            OCSP_BASICRESP_free(basic)
            ASN1_GENERALIZEDTIME_free(begin)
            ASN1_GENERALIZEDTIME_free(end)
        }
        let id = OCSP_cert_to_id(nil, leaf, authority)
        defer { OCSP_CERTID_free(id) }
        OCSP_basic_add1_status(basic, id, V_OCSP_CERTSTATUS_GOOD, 0, nil, begin, end)
        guard OCSP_basic_sign(basic, authority, key, EVP_sha256(), nil, 0) == 1 else { throw Failure(text: name) }
        let response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic)
        defer { OCSP_RESPONSE_free(response) }
        var start: UnsafeMutablePointer<UInt8>?
        let length = i2d_OCSP_RESPONSE(response, &start)
        defer { openssl_free_der(start) }
        let bytes = Data(UnsafeBufferPointer(start: start, count: max(0, Int(length))))
        try bytes.write(to: URL(filePath: "\(directory)/\(name).staple"))
    }

    private func read(_ file: String, _ parse: (OpaquePointer?) -> OpaquePointer?) -> OpaquePointer? {
        let input = BIO_new_file("\(directory)/\(file)", "r")
        defer { BIO_free(input) }
        return parse(input)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// Blocking: what a handshake tells, with the statement that `signer` made.
    func facts(_ signer: String) throws -> TLSFacts {
        let server = Process()
        let output = Pipe()
        server.executableURL = URL(filePath: "/usr/bin/openssl")
        server.arguments = [
            "s_server", "-accept", "127.0.0.1:0", "-naccept", "1", "-cert", "\(directory)/leaf.pem", "-key",
            "\(directory)/leaf.key", "-status_file", "\(directory)/\(signer).staple",
        ]
        (server.standardOutput, server.standardError) = (output, FileHandle.nullDevice)
        server.standardInput = Pipe()
        try server.run()
        defer { server.terminate() }
        let port = try Self.port(output.fileHandleForReading)
        let offer = TLSOffer(trust: try TLSTrust(file: "\(directory)/ca.pem"), host: "mail.uni.example")
        let limit = Deadline.after(milliseconds: 20_000)
        let channel = try Channel.connect(to: PeerAddress(ip: IPAddress(v4: 0x7f00_0001), port: port), by: limit)
        try channel.encrypt(offer, by: limit)
        guard let facts = channel.tls?.facts else { throw Failure(text: "no handshake") }
        return facts
    }

    /// "ACCEPT 127.0.0.1:40123"
    private static func port(_ output: FileHandle) throws -> UInt16 {
        var text = ""
        while true {
            let bytes = output.availableData
            guard !bytes.isEmpty else { throw Failure(text: text) }
            text += String(decoding: bytes, as: UTF8.self)
            guard let found = text.firstMatch(of: /ACCEPT .*:(\d+)\n/), let port = UInt16(found.1) else { continue }
            return port
        }
    }

    private func shell(_ script: String) throws {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-ec", "cd \(directory)\n" + script]
        (shell.standardOutput, shell.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try shell.run()
        shell.waitUntilExit()
        guard shell.terminationStatus == 0 else { throw Failure(text: "status \(shell.terminationStatus)") }
    }
}

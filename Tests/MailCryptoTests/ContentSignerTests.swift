import Foundation
import Testing

@testable import MailCrypto

@Suite struct ContentSignerTests {
    private static func shell(_ script: String, _ arguments: String...) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, "sh"] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }

    /// An authority, one below it that signs, and a key of nobody's.
    private static func folder(_ kind: String) throws -> String {
        let folder = NSTemporaryDirectory() + "content-signer-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let (status, _) = try shell(
            """
            cd "$1" && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=root -keyout ca.key -out ca.pem &&
            openssl req -newkey $2 -nodes -subj /CN=signer -keyout key.pem -out leaf.csr &&
            openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -days 2 -out leaf.pem &&
            cat leaf.pem ca.pem > chain.pem && openssl genpkey -algorithm RSA -out other.pem
            """, folder, kind)
        #expect(status == 0)
        return folder
    }

    /// What OpenSSL's own program says of it; the content comes out as it went in, whatever its lines end with.
    @Test(arguments: ["rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-256"]) func verified(kind: String) throws {
        let folder = try Self.folder(kind)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let content = "<plist>\n\u{e5}\r\n</plist>"
        let signer = ContentSigner(certificateFile: folder + "/chain.pem", keyFile: folder + "/key.pem")
        var signed = try signer.sign(Array(content.utf8))
        let check = "cd \"$1\" && openssl cms -verify -binary -inform DER -in signed -CAfile ca.pem -purpose any"
        try Data(signed).write(to: URL(fileURLWithPath: folder + "/signed"))
        let good = try Self.shell(check, folder)
        #expect(good.status == 0 && good.output == content)
        let place = try #require(signed.firstRange(of: Array("plist".utf8))?.lowerBound)
        signed[place] = 0x50
        try Data(signed).write(to: URL(fileURLWithPath: folder + "/signed"))
        #expect(try Self.shell(check, folder).status != 0)
    }

    @Test func faults() throws {
        let folder = try Self.folder("rsa:2048")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (good, key) = (folder + "/chain.pem", folder + "/key.pem")
        #expect(throws: ContentSignerError.mismatch) {
            try ContentSigner(certificateFile: good, keyFile: folder + "/other.pem").sign([])
        }
        #expect(throws: ContentSignerError.unreadable(folder + "/none")) {
            try ContentSigner(certificateFile: folder + "/none", keyFile: key).sign([])
        }
        #expect(throws: ContentSignerError.unreadable(key)) {
            try ContentSigner(certificateFile: key, keyFile: key).sign([])
        }
        #expect(throws: ContentSignerError.unreadable(good)) {
            try ContentSigner(certificateFile: good, keyFile: good).sign([])
        }
    }
}

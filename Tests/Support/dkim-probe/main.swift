import Foundation
import MailCrypto
import MailDomainAuth
import MailNetwork

// Signs and checks for tests that bring another implementation along:
//   dkim-probe key rsa|ed25519                    a private key in PEM
//   dkim-probe record KEYFILE                     the text of its TXT record
//   dkim-probe sign DOMAIN SELECTOR KEYFILE ...   the signatures of the message on stdin; selector and key may be repeated
//   dkim-probe seal DOMAIN SELECTOR KEYFILE ID    its ARC set
//   dkim-probe verify ZONE                        results, one on each line; ZONE has lines "name<TAB>text"
//   dkim-probe speed                              megabytes a second, on a message of 50 MB

struct Misuse: Error {}

/// TXT records of a file.
struct FileZone: DomainRecords {
    let records: [String: [String]]

    init(_ path: String) throws {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let pairs = lines.map { $0.split(separator: "\t", maxSplits: 1).map(String.init) }.filter { $0.count == 2 }
        records = Dictionary(pairs.map { ($0[0].lowercased(), [$0[1]]) }, uniquingKeysWith: +)
    }

    func texts(of name: String) async -> DomainAnswer<[String]> {
        records[name.lowercased()].map { .found($0) } ?? .none
    }
    func addresses(of name: String, _ family: IPAddress.Family) async -> DomainAnswer<[IPAddress]> { .none }
    func mailHosts(of name: String) async -> DomainAnswer<[String]> { .none }
    func names(of address: IPAddress) async -> DomainAnswer<[String]> { .none }
}

let now = Int(Date().timeIntervalSince1970)

func key(_ path: String) throws -> SigningKey { try SigningKey(pem: Array(Data(contentsOf: URL(filePath: path)))) }

func identities(_ domain: String, _ rest: ArraySlice<String>) throws -> [SigningIdentity] {
    let words = Array(rest)
    return try stride(from: 0, to: words.count - 1, by: 2).map { place in
        let key = try key(words[place + 1])
        guard let identity = SigningIdentity(domain: domain, selector: words[place], key: key) else { throw Misuse() }
        return identity
    }
}

func stdin() -> [UInt8] { Array(FileHandle.standardInput.readDataToEndOfFile()) }

func read(_ message: [UInt8]) -> SignedMessage {
    var signed = SignedMessage()
    message.withUnsafeBytes { signed.consume($0) }
    signed.finish()
    return signed
}

func verify(_ zone: FileZone) async -> String {
    let message = read(stdin())
    let dkim = await DKIMVerifier(zone, now: now).results(of: message)
    let arc = await ARCVerifier(zone).result(of: message)
    let lines = dkim.map { "dkim \($0.result.rawValue) \($0.algorithm) \($0.domain) \($0.reason ?? "")" }
    return (lines + ["arc \(arc.result.rawValue) \(arc.reason ?? "")"]).joined(separator: "\n") + "\n"
}

func speed() throws -> String {
    let line = Array("The quick brown fox  jumps over the lazy dog, again and again and again.\r\n".utf8)
    let body = [UInt8]((0..<(50_000_000 / line.count)).map { _ in line }.joined())
    let message = Array("From: a@example.org\r\nSubject: x\r\n\r\n".utf8) + body
    let identity = try [KeyKind.rsa, .ed25519].compactMap { kind in
        SigningIdentity(domain: "example.org", selector: kind.rawValue, key: try SigningKey.generate(kind))
    }
    let clock = ContinuousClock()
    let signing = try clock.measure {
        var signer = DKIMSigner(identity, time: now)
        for start in stride(from: 0, to: message.count, by: 65_536) {
            message.withUnsafeBytes {
                signer.consume(UnsafeRawBufferPointer(rebasing: $0[start..<min(start + 65_536, message.count)]))
            }
        }
        _ = try signer.finish()
    }
    let small = Array(message.prefix(5_000))
    let many = try clock.measure {
        for _ in 0..<1_000 {
            var signer = DKIMSigner(identity, time: now)
            signer.consume(small)
            _ = try signer.finish()
        }
    }
    return "50 MB signed in \(signing); 5 kB in \(many / 1_000)\n"
}

let words = CommandLine.arguments.dropFirst()
var output: [UInt8] = []
switch words.first {
case "key": output = try SigningKey.generate(KeyKind(rawValue: words.dropFirst().first ?? "") ?? .rsa).pem()
case "record":
    output = Array((DKIMKeyRecord.text(for: try key(words.last ?? "").verificationKey) + "\n").utf8)
case "sign":
    var signer = DKIMSigner(try identities(words.dropFirst().first ?? "", words.dropFirst(2)), time: now)
    signer.consume(stdin())
    output = try signer.finish()
case "seal":
    let found = try identities(words.dropFirst().first ?? "", words.dropFirst(2).dropLast())
    guard let identity = found.first, let name = words.last else { throw Misuse() }
    var sealer = ARCSealer(identity, authservID: name, time: now)
    sealer.consume(stdin())
    output = try sealer.finish() ?? []
case "verify": output = Array(await verify(try FileZone(words.last ?? "")).utf8)
case "speed": output = Array(try speed().utf8)
default: throw Misuse()
}
FileHandle.standardOutput.write(Data(output))

import Testing

@testable import MailDial

@Suite struct HelloTests {
    @Test func aHelloIsOneRecordWhoseLengthsFit() {
        let bytes = ClientHello(version: .tls12, ciphers: CipherSuites.common, serverName: "imap.uni.example").bytes
        #expect(bytes.prefix(3) == [22, 3, 1])
        #expect(Int(bytes[3]) << 8 | Int(bytes[4]) == bytes.count - 5)
        #expect(bytes[5] == 1)
        #expect(Int(bytes[6]) << 16 | Int(bytes[7]) << 8 | Int(bytes[8]) == bytes.count - 9)
        #expect(String(decoding: bytes, as: UTF8.self).contains("imap.uni.example"))
    }

    @Test func theOldestVersionHasNoExtensions() {
        let old = ClientHello(version: .ssl3, ciphers: [0x000a], serverName: "imap.uni.example").bytes
        #expect(old.count == 5 + 4 + 2 + 32 + 1 + 4 + 2)
    }

    static let serverHello: [UInt8] =
        [22, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0xc0, 0x2f, 0]

    @Test(
        arguments: [
            (serverHello, .hello(.tls12, cipher: 0xc02f)), ([21, 3, 1, 0, 2, 2, 70], .alert("protocol_version")),
            ([21, 3, 1, 0, 2, 2, 199], .alert("alert 199")),
            (Array("* OK ready\r\n".utf8), .plaintext(Array("* OK ready\r\n".utf8))),
            ([], nil), ([22, 3, 3], nil), ([21, 3, 1, 0, 2, 2], nil),
        ] as [([UInt8], ServerAnswer?)])
    func answers(bytes: [UInt8], answer: ServerAnswer?) {
        #expect(ServerAnswer(bytes) == answer)
    }

    /// Whatever is cut off or turned around, an answer or nothing comes of it.
    @Test func noBytesAreTooStrange() {
        for length in 0..<Self.serverHello.count - 1 {
            #expect(ServerAnswer(Array(Self.serverHello.prefix(length))) == nil, "\(length)")
            var turned = Self.serverHello
            turned[length] = ~turned[length]
            _ = ServerAnswer(turned)
        }
    }

    @Test func everyWeakCipherHasAName() {
        for number in CipherSuites.weak { #expect(CipherSuites.weakName(number) != nil) }
        #expect(Set(CipherSuites.weak).isDisjoint(with: CipherSuites.common.filter { $0 != 0x000a }))
    }
}

import MailWire
import Testing

@Suite struct SASLTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64(plain: String, encoded: String) {
        #expect(SASLBase64.encode(Array(plain.utf8)) == Array(encoded.utf8))
        #expect(SASLBase64.decode(Array(encoded.utf8)) == Array(plain.utf8))
    }

    @Test(arguments: [
        "=", "A", "AA", "AAA", "A===", "AA=A", "====", "AB==", "AAB=", "AA==AA==", "AA A", "AA\r\n", "A-_A", "Zg==Zg==",
    ])
    func badBase64(text: String) { #expect(SASLBase64.decode(Array(text.utf8)) == nil) }

    @Test func everyByteSurvivesBase64() {
        let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for count in 0...64 {
            #expect(SASLBase64.decode(SASLBase64.encode(bytes.prefix(count))) == Array(bytes.prefix(count)))
        }
    }

    @Test(arguments: [
        ("\0user\0secret", PlainMessage(authentication: "user", password: Array("secret".utf8))),
        (
            "other\0ü@x.test\0p w",
            PlainMessage(authorization: "other", authentication: "ü@x.test", password: Array("p w".utf8))
        ),
    ])
    func plain(text: String, message: PlainMessage) throws {
        #expect(try PlainMessage(Array(text.utf8)) == message)
        #expect(message.bytes == Array(text.utf8))
    }

    @Test(arguments: ["", "user", "user\0secret", "\0\0secret", "\0user\0", "\0user\0a\0b", "\0\0\0"])
    func badPlain(text: String) {
        #expect(throws: SASLSyntaxError.malformed) { try PlainMessage(Array(text.utf8)) }
    }

    @Test func plainMustBeUTF8() {
        #expect(throws: SASLSyntaxError.malformed) { try PlainMessage([0, 0xff, 0, 0x61]) }
    }

    @Test(arguments: [("PLAIN", SASLMechanism.plain), ("login", .login), ("Scram-Sha-256-Plus", .scramSHA256Plus)])
    func mechanismNames(name: String, mechanism: SASLMechanism) { #expect(SASLMechanism(name: name) == mechanism) }
}

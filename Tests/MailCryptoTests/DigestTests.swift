import MailCrypto
import Testing

@Suite struct DigestTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ]) func sha256OfFIPS180(text: String, digest: String) {
        #expect(Hex.encode(sha256(Array(text.utf8))) == digest)
    }

    @Test(arguments: [
        // RFC 4231 §4.2, §4.3, §4.7
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        ([], "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ]) func hmacOfRFC4231(key: [UInt8], text: String, code: String) {
        #expect(Hex.encode(hmacSHA256(key: key, Array(text.utf8))) == code)
    }

    @Test func pbkdf2OfRFC7677() {
        // RFC 7677 §3: user "user", password "pencil"
        let salt = Base64.decode("W22ZaJ0SNY7soEsUEjb6gQ==") ?? []
        let salted = pbkdf2SHA256(password: Array("pencil".utf8), salt: salt, iterations: 4096)
        #expect(Hex.encode(salted) == "c4a49510323ab4f952cac1fa99441939e78ea74d6be81ddf7096e87513dc615d")
        #expect(pbkdf2SHA256(password: [], salt: [], iterations: 0).count == 32)
    }

    @Test func randomBytesDiffer() {
        #expect(randomBytes(0) == [])
        #expect(randomBytes(-1) == [])
        #expect(randomBytes(32).count == 32)
        #expect(randomBytes(32) != randomBytes(32))
    }

    @Test(
        arguments: [([], [], true), ([1], [], false), ([1, 2], [1, 2], true), ([1, 2], [1, 3], false)]
            as [([UInt8], [UInt8], Bool)])
    func constantTime(left: [UInt8], right: [UInt8], equal: Bool) {
        #expect(constantTimeEquals(left, right) == equal)
    }
}

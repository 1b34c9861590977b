import MailCrypto
import Testing

@Suite struct Base64Tests {
    /// RFC 4648 §10, and the last two digits of the alphabet.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"), ("\0user\0secret", "AHVzZXIAc2VjcmV0"), ("???>>>", "Pz8/Pj4+"),
    ]) func roundTrip(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "=", "====", "Z===", "Zh==", "Zm9=", "Zm9v\n", "Zm9v Zm9v", "Zg==Zg==", "Zm-_",
        "Z=g=", "=Zg=", "Zm9vYg=a",
        "Zg==\0\0\0\0", "Zm9ü",
    ]) func refuses(text: String) { #expect(Base64.decode(text) == nil) }

    @Test func everyOctet() {
        let all = (0...255).map { UInt8($0) }
        for count in 0...256 {
            #expect(Base64.decode(Base64.encodedBytes(Array(all.prefix(count)))) == Array(all.prefix(count)))
        }
    }

    @Test(arguments: [("=", []), ("", []), ("Zg==", [0x66]), ("==", nil), ("Zg", nil)] as [(String, [UInt8]?)])
    func sasl(text: String, value: [UInt8]?) { #expect(Base64.decodeSASL(Array(text.utf8)) == value) }

    @Test(
        arguments: [("", []), ("00ff", [0, 255]), ("00FF", [0, 255]), ("0", nil), ("0g", nil)] as [(String, [UInt8]?)])
    func hex(text: String, value: [UInt8]?) { #expect(Hex.decode(Array(text.utf8)) == value) }
}

@Suite struct Base64URLTests {
    /// RFC 7515 appendix C, and the digits that differ.
    @Test func octets() {
        #expect(Base64URL.encode([3, 236, 255, 224, 193]) == "A-z_4ME")
        #expect(Base64URL.decode("A-z_4ME") == [3, 236, 255, 224, 193])
        for count in 0..<8 {
            let bytes = [UInt8](repeating: 0xfb, count: count)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
    }

    @Test(arguments: ["A", "A+z/4ME", "Zg==", "Zg=", "Zh", "Zm9", "Zm9v\n", "Zm9vZ"])
    func refuses(text: String) { #expect(Base64URL.decode(text) == nil) }
}

import MailCrypto
import Testing

@Suite struct SigningKeyTests {
    @Test(arguments: KeyKind.allCases) func roundTrip(kind: KeyKind) throws {
        let key = try SigningKey.generate(kind)
        let again = try SigningKey(pem: key.pem())
        let text = Array("Hello".utf8)
        let signature = try again.sign(text)
        #expect(again.kind == kind)
        #expect(key.verificationKey.verify(signature, of: text))
        #expect(!key.verificationKey.verify(signature, of: text + [0]))
        #expect(!key.verificationKey.verify(signature.dropLast() + [signature.last.map { $0 ^ 1 } ?? 0], of: text))
        #expect(try !SigningKey.generate(kind).verificationKey.verify(signature, of: text))
    }

    @Test func publicKeysAreReadBack() throws {
        let rsa = try SigningKey.generate(.rsa)
        #expect(rsa.verificationKey.bits == SigningKey.rsaBits)
        let read = try #require(VerificationKey(rsa: rsa.verificationKey.bytes))
        #expect(read.verify(try rsa.sign([1, 2]), of: [1, 2]))
        #expect(VerificationKey(rsa: rsa.verificationKey.bytes + [0]) == nil, "something behind the key")
        #expect(VerificationKey(rsa: Array(rsa.verificationKey.bytes.dropLast())) == nil)
        // RSAPublicKey is what the bit string of SubjectPublicKeyInfo holds, 24 bytes in at this size.
        let bare = try #require(VerificationKey(rsa: Array(rsa.verificationKey.bytes.dropFirst(24))))
        #expect(bare.verify(try rsa.sign([1, 2]), of: [1, 2]))
    }

    /// RFC 8032 §7.1, test 2.
    @Test func ed25519Vector() throws {
        func bytes(_ hex: String) throws -> [UInt8] { try #require(Hex.decode(Array(hex.utf8))) }
        let key = try SigningKey(ed25519: bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
        let open = try bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        #expect(key.verificationKey.bytes == open)
        let signature = try key.sign([0x72])
        #expect(
            Hex.encode(signature)
                == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        )
        #expect(try #require(VerificationKey(ed25519: open)).verify(signature, of: [0x72]))
    }

    @Test(arguments: ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "rubbish"])
    func unreadable(pem: String) {
        #expect(throws: SigningKeyError.unreadable) { try SigningKey(pem: Array(pem.utf8)) }
    }

    @Test func wrongLengths() {
        for count in [0, 1, 31, 33, 64] {
            let bytes = [UInt8](repeating: 7, count: count)
            #expect(VerificationKey(ed25519: bytes) == nil)
            #expect(VerificationKey(rsa: bytes) == nil)
            #expect(throws: SigningKeyError.unreadable) { try SigningKey(ed25519: bytes) }
        }
    }

    @Test func runningDigestIsAValue() {
        var first = RunningSHA256()
        #expect(first.digest == sha256([]))
        first.add([1, 2])
        var second = first
        second.add([3])
        first.add([4])
        #expect(first.digest == sha256([1, 2, 4]))
        #expect(second.digest == sha256([1, 2, 3]))
    }
}

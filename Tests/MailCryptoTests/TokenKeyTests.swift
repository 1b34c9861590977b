import MailCrypto
import Testing

/// Signatures themselves are checked with the examples of RFC 7515 in MailOpenIDTests.
@Suite struct TokenKeyTests {
    @Test func sizes() throws {
        for (octets, isTaken) in [(128, false), (255, false), (256, true), (1_024, true), (1_025, false)] {
            let modulus = [UInt8](repeating: 0xff, count: octets)
            #expect((TokenKey(modulus: modulus, exponent: [1, 0, 1]) != nil) == isTaken, "\(octets)")
        }
        let modulus = [UInt8](repeating: 0xff, count: 256)
        #expect(TokenKey(modulus: modulus, exponent: [UInt8](repeating: 1, count: 9)) == nil)
        #expect(TokenKey(modulus: [], exponent: []) == nil)
        // Zeros at the beginning belong to nothing.
        #expect(TokenKey(modulus: [0] + modulus, exponent: [0, 1, 0, 1]) != nil)
    }

    @Test func points() {
        let zero = [UInt8](repeating: 0, count: 32)
        #expect(TokenKey(p256: zero, zero) == nil && TokenKey(p256: [], []) == nil)
        #expect(TokenKey(p256: zero, [UInt8](repeating: 1, count: 32)) == nil)
    }

    @Test func strangeSignatures() throws {
        let key = try #require(TokenKey(modulus: [UInt8](repeating: 0xff, count: 256), exponent: [1, 0, 1]))
        for count in [0, 1, 63, 64, 255, 256, 257, 5_000] {
            #expect(!key.verify([UInt8](repeating: 1, count: count), of: [1, 2, 3]))
        }
    }
}

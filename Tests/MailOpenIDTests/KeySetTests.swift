import MailCrypto
import Testing

@testable import MailOpenID

@Suite struct KeySetTests {
    private static func set(_ keys: String...) -> KeySet? {
        KeySet(Array("{\"keys\":[\(keys.joined(separator: ","))]}".utf8))
    }

    private static func rsa(_ more: String = "", modulus: String = TokenExamples.rsaModulus) -> String {
        "{\"kty\":\"RSA\",\"n\":\"\(modulus)\",\"e\":\"AQAB\"\(more)}"
    }

    private static func ec(_ more: String = "", crv: String = "P-256", x: String = TokenExamples.ecX) -> String {
        "{\"kty\":\"EC\",\"crv\":\"\(crv)\",\"x\":\"\(x)\",\"y\":\"\(TokenExamples.ecY)\"\(more)}"
    }

    @Test func byName() throws {
        let set = try #require(
            Self.set(Self.rsa(",\"kid\":\"a\""), Self.rsa(",\"kid\":\"b\""), Self.ec(",\"kid\":\"a\"")))
        #expect(set.entries.count == 3)
        #expect(set.key(named: "a", for: .rs256) != nil && set.key(named: "a", for: .es256) != nil)
        #expect(set.key(named: "c", for: .rs256) == nil && set.key(named: "b", for: .es256) == nil)
        // Which of two nobody can say.
        #expect(set.key(named: nil, for: .rs256) == nil && set.key(named: nil, for: .es256) != nil)
    }

    @Test func whatIsLeftOut() {
        let weak = Base64URL.encode([UInt8](repeating: 0xff, count: 128))
        let huge = Base64URL.encode([UInt8](repeating: 0xff, count: 1_025))
        for key in [
            Self.rsa(",\"use\":\"enc\""), Self.rsa(",\"use\":7"), Self.rsa(",\"key_ops\":[\"encrypt\"]"),
            Self.rsa(",\"alg\":\"RS512\""), Self.rsa(",\"alg\":\"HS256\""), Self.rsa(modulus: weak),
            Self.rsa(modulus: huge), Self.rsa(modulus: "!"), Self.rsa(",\"n\":\"AQAB\""), Self.ec(crv: "P-384"),
            Self.ec(x: TokenExamples.ecY), Self.ec(x: "AQAB"), "{\"kty\":\"oct\",\"k\":\"AQAB\"}", "7", "{}",
        ] {
            #expect(Self.set(key)?.entries.isEmpty == true, "\(key.prefix(60))")
        }
        #expect(Self.set(Self.rsa(",\"use\":\"sig\",\"alg\":\"RS256\",\"key_ops\":[\"verify\"]"))?.entries.count == 1)
        #expect(KeySet(Array("[]".utf8)) == nil && KeySet(Array("{\"keys\":{}}".utf8)) == nil)
    }

    @Test func manyKeys() {
        let many = Array(repeating: Self.ec(), count: OpenIDLimits.keys + 1).joined(separator: ",")
        #expect(Self.set(many)?.entries.count == OpenIDLimits.keys)
    }
}

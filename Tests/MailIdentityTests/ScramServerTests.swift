import MailCrypto
import MailStore
import Testing

@testable import MailIdentity

/// RFC 7677 §3: user "user", password "pencil".
@Suite struct ScramServerTests {
    static let salt = Base64.decode("W22ZaJ0SNY7soEsUEjb6gQ==") ?? []
    static let keys = ScramKeyMaker.keys(
        for: PreparedPassword(Array("pencil".utf8)) ?? .empty, iterations: 4_096, salt: salt)
    static let serverNonce = Array("%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0".utf8)

    private func server(plus: Bool = false, bindings: [ChannelBinding] = []) -> ScramServer {
        ScramServer(plus: plus, bindings: bindings, nonce: Self.serverNonce)
    }

    @Test func vectorOfTheStandard() throws {
        var server = server()
        #expect(try server.clientFirst(Array("n,,n=user,r=rOprNGfwEbeRWgbNEkqO".utf8)) == "user")
        let challenge = server.serverFirst(keys: Self.keys)
        #expect(
            challenge
                == Array("r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096".utf8))
        let final =
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
        let answer = try server.clientFinal(Array(final.utf8))
        #expect(answer == Array("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=".utf8))
    }

    struct First: Sendable {
        let text: String
        var plus = false
        var offers = false
        let result: Result<String, ScramError>
    }

    @Test(arguments: [
        First(text: "n,,n=user,r=abc", result: .success("user")),
        First(text: "y,,n=user,r=abc", result: .success("user")),
        First(text: "n,a=user,n=user,r=abc", result: .success("user")),
        First(text: "n,,n=a=2Cb=3Dc,r=abc", result: .success("a,b=c")),
        First(text: "p=tls-exporter,,n=user,r=abc", plus: true, offers: true, result: .success("user")),
        First(text: "n,,n=user,r=abc", offers: true, result: .success("user")),
        First(text: "y,,n=user,r=abc", offers: true, result: .failure(.downgraded)),
        First(text: "n,,n=user,r=abc", plus: true, offers: true, result: .failure(.bindingNotSupported)),
        First(text: "p=tls-exporter,,n=user,r=abc", offers: true, result: .failure(.bindingNotSupported)),
        First(text: "p=tls-unique,,n=user,r=abc", plus: true, offers: true, result: .failure(.bindingTypeUnknown)),
        First(text: "n,a=other,n=user,r=abc", result: .failure(.otherAuthorization)),
        First(text: "n,,m=x,n=user,r=abc", result: .failure(.extensionsNotSupported)),
        First(text: "n,,n=us=er,r=abc", result: .failure(.malformed)),
        First(text: "n,,n=,r=abc", result: .failure(.malformed)),
        First(text: "n,,n=user,r=", result: .failure(.malformed)),
        First(text: "n,,n=user", result: .failure(.malformed)),
        First(text: "n,,r=abc,n=user", result: .failure(.malformed)),
        First(text: "x,,n=user,r=abc", result: .failure(.malformed)),
        First(text: "n", result: .failure(.malformed)), First(text: "", result: .failure(.malformed)),
        First(text: "n,,n=user,r=a b", result: .failure(.malformed)),
    ])
    func clientFirst(_ row: First) {
        let bindings = row.offers ? [ChannelBinding(name: "tls-exporter", data: [1, 2, 3])] : []
        var server = server(plus: row.plus, bindings: bindings)
        let result = Result { () throws(ScramError) in try server.clientFirst(Array(row.text.utf8)) }
        #expect(result == row.result)
    }

    /// What a client answers, with any part of it changed.
    private func final(
        binding: [UInt8], password: String = "pencil", nonce: String? = nil, serverFirst: [UInt8], bare: String
    ) -> [UInt8] {
        let salted = pbkdf2SHA256(password: Array(password.utf8), salt: Self.salt, iterations: 4_096)
        let clientKey = hmacSHA256(key: salted, Array("Client Key".utf8))
        let both = nonce ?? "abc" + String(decoding: Self.serverNonce, as: UTF8.self)
        let without = "c=" + Base64.encode(binding) + ",r=" + both
        let message = Array(bare.utf8) + [0x2c] + serverFirst + [0x2c] + Array(without.utf8)
        let proof = zip(clientKey, hmacSHA256(key: sha256(clientKey), message)).map { $0 ^ $1 }
        return Array((without + ",p=" + Base64.encode(proof)).utf8)
    }

    @Test(
        arguments: [
            ([1, 2, 3], "pencil", nil, nil), ([1, 2, 4], "pencil", nil, .bindingMismatch),
            ([], "pencil", nil, .bindingMismatch),
            ([1, 2, 3], "pencils", nil, .proofWrong), ([1, 2, 3], "pencil", "abcother", .proofWrong),
        ] as [([UInt8], String, String?, ScramError?)])
    func channelBinding(_ data: [UInt8], _ password: String, _ nonce: String?, _ expected: ScramError?) throws {
        let header = "p=tls-exporter,,"
        var server = server(plus: true, bindings: [ChannelBinding(name: "tls-exporter", data: [1, 2, 3])])
        _ = try server.clientFirst(Array((header + "n=user,r=abc").utf8))
        let offered = server.serverFirst(keys: Self.keys)
        let first = try #require(offered)
        let answer = final(
            binding: Array(header.utf8) + data, password: password, nonce: nonce, serverFirst: first,
            bare: "n=user,r=abc")
        var found: ScramError?
        do { _ = try server.clientFinal(answer) } catch { found = error }
        #expect(found == expected)
    }

    @Test func nothingOutOfOrder() throws {
        var server = server()
        let early = server.serverFirst(keys: Self.keys)
        #expect(early == nil)
        #expect(throws: ScramError.malformed) { try server.clientFinal(Array("c=biws,r=a,p=b".utf8)) }
        _ = try server.clientFirst(Array("n,,n=user,r=abc".utf8))
        #expect(throws: ScramError.malformed) { try server.clientFirst(Array("n,,n=user,r=abc".utf8)) }
    }

    @Test func proofIsTriedOnce() throws {
        var server = server()
        _ = try server.clientFirst(Array("n,,n=user,r=abc".utf8))
        let offered = server.serverFirst(keys: Self.keys)
        let first = try #require(offered)
        let wrong = final(binding: Array("n,,".utf8), password: "x", serverFirst: first, bare: "n=user,r=abc")
        let right = final(binding: Array("n,,".utf8), serverFirst: first, bare: "n=user,r=abc")
        #expect(throws: ScramError.proofWrong) { try server.clientFinal(wrong) }
        #expect(throws: ScramError.malformed) { try server.clientFinal(right) }
    }

    @Test func fakeSaltsAreStableAndDiffer() {
        let first = ScramKeyMaker.fakeKeys(name: "nobody", secret: [1], iterations: 4_096)
        let again = ScramKeyMaker.fakeKeys(name: "NOBODY", secret: [1], iterations: 1)
        let other = ScramKeyMaker.fakeKeys(name: "noone", secret: [1], iterations: 4_096)
        #expect(first.salt == again.salt && first.salt != other.salt && first.salt.count == ScramKeyMaker.saltLength)
        #expect(again.iterations == 4_096)
    }
}

extension PreparedPassword {
    static var empty: PreparedPassword { PreparedPassword([0x20]).unsafelyUnwrapped }
}

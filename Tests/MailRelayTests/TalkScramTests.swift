import MailCrypto
import Testing

@testable import MailRelay

@Suite struct TalkScramTests {
    static let challenge =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"

    /// RFC 7677 §3.
    @Test func exampleOfTheRFC() throws {
        var client = ScramClient(user: "user", nonce: "rOprNGfwEbeRWgbNEkqO")
        #expect(client.first == Array("n,,n=user,r=rOprNGfwEbeRWgbNEkqO".utf8))
        let read = client.read(Array(Self.challenge.utf8))
        let task = try #require(read)
        let salted = pbkdf2SHA256(password: Array("pencil".utf8), salt: task.salt, iterations: task.iterations)
        let final = client.final(salted: salted)
        #expect(
            String(decoding: final, as: UTF8.self)
                == "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
        )
        #expect(client.isProof(Array("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=".utf8)))
        #expect(!client.isProof(Array("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5=".utf8)))
        #expect(!client.isProof(Array("e=other-error".utf8)))
    }

    @Test(arguments: [
        "", "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",  // no nonce of its own
        "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096", "r=rOprNGfwEbeRWgbNEkqOx,s=!!!!,i=4096",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1000001",
        "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=99999999999999999999",
        "m=x,r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
    ])
    func noChallenge(text: String) {
        var client = ScramClient(user: "user", nonce: "rOprNGfwEbeRWgbNEkqO")
        #expect(client.read(Array(text.utf8)) == nil)
    }

    @Test func namesAreEscaped() {
        #expect(ScramClient(user: "a=b,c", nonce: "x").first == Array("n,,n=a=3Db=2Cc,r=x".utf8))
    }
}

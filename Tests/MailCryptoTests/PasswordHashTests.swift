import MailCrypto
import Testing

@Suite struct PasswordHashTests {
    @Test func makesYescrypt() throws {
        let hash = try PasswordHash.make(Array("hemligt lösenord".utf8))
        #expect(hash.hasPrefix("$y$j9T$"))
        #expect(PasswordHash.verify(Array("hemligt lösenord".utf8), hash: hash))
        #expect(!PasswordHash.verify(Array("hemligt losenord".utf8), hash: hash))
        #expect(try PasswordHash.make(Array("hemligt lösenord".utf8)) != hash)
    }

    /// Made by `openssl passwd` and Python's crypt.
    @Test(arguments: [
        "$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1",
        "$5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA", "$1$saltsalt$9xy1btjgzLYfb7hivXtC//",
        "$2b$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a",
        "$y$j75$saltsaltsalt$jyf/lxrpdyAIshWRo1x5DRC6KIE7sNRRtjcomR3PgHA",
    ]) func verifiesOtherFormats(hash: String) {
        #expect(PasswordHash.verify(Array("secret".utf8), hash: hash))
        #expect(!PasswordHash.verify(Array("Secret".utf8), hash: hash))
        #expect(!PasswordHash.verify(Array("secret".utf8), hash: hash + "x"))
        #expect(!PasswordHash.verify(Array("secret".utf8), hash: String(hash.dropLast())))
        #expect(PasswordHash.imported("{CRYPT}" + hash) == hash)
    }

    @Test(arguments: [
        "", "*", "!", "x", "$", "$y$", "$y$j9T$", "$y$j9T$salt", "$y$j9T$salt$", "$6$", "$6$salt", "$9$salt$hash",
        "$2b$99$x", "*0", "*1", "plain",
        "$6$rounds=99999999999$x$y", "$y$j9T$\u{0}", "$6$sa\nlt$x", "$6$sa:lt$x", "ab",
    ]) func refusesWhatIsNoHash(hash: String) {
        #expect(!PasswordHash.verify(Array("secret".utf8), hash: hash))
        #expect(!PasswordHash.verify([], hash: hash))
    }

    @Test func refusesLongHashes() {
        #expect(!PasswordHash.verify([0x61], hash: "$6$" + String(repeating: "a", count: 100_000)))
        #expect(PasswordHash.imported("$6$" + String(repeating: "a", count: 382)) == nil)
    }

    /// Cut at 511: one octet more makes no difference, and no length takes long.
    @Test func cutsLongPasswords() throws {
        let full = [UInt8](repeating: 0x61, count: PasswordHash.longestPassword)
        let hash = try PasswordHash.make(full)
        #expect(PasswordHash.verify(full, hash: hash))
        #expect(PasswordHash.verify(full + [0x62], hash: hash))
        #expect(PasswordHash.verify([UInt8](repeating: 0x61, count: 1_000_000), hash: hash))
        #expect(!PasswordHash.verify(Array(full.dropLast()), hash: hash))
    }

    @Test func refusesZeroOctets() throws {
        #expect(throws: PasswordHashError.zeroOctet) { try PasswordHash.make([0x61, 0, 0x62]) }
        let hash = try PasswordHash.make([0x61])
        #expect(!PasswordHash.verify([0x61, 0], hash: hash))
        #expect(!PasswordHash.verify([0x61, 0, 0x62], hash: hash))
    }

    @Test(
        arguments: [
            ("$6$saltsalt$abc", "$6$saltsalt$abc"), ("{CRYPT}$6$saltsalt$abc", "$6$saltsalt$abc"),
            ("{crypt}$y$j9T$abcd$efg", "$y$j9T$abcd$efg"),
            ("{SHA512-CRYPT}$6$saltsalt$abc", "$6$saltsalt$abc"), ("{SHA512-CRYPT}$5$saltsalt$abc", nil),
            ("{SHA256-CRYPT}$5$saltsalt$abc", "$5$saltsalt$abc"),
            ("{PLAIN}secret", nil), ("{SSHA}abc", nil), ("{CRYPT}", nil), ("{CRYPT", nil), ("{CRYPT}*", nil),
            ("{CRYPT}secret", nil), ("", nil),
        ] as [(String, String?)]) func imports(text: String, hash: String?)
    { #expect(PasswordHash.imported(text) == hash) }
}

import Testing

@testable import MailMessage

@Suite struct ProbeTokenTests {
    @Test(arguments: [
        ("abcdefghij234567abcd", true), ("abcdefghijklmnopqrst", true), ("22222222222222222222", true),
        ("abcdefghij234567abc", false), ("abcdefghij234567abcde", false), ("Abcdefghij234567abcd", false),
        ("abcdefghij234567abc1", false), ("abcdefghij234567abc8", false), ("abcdefghij234567abc-", false),
        ("", false), ("abcdefghij234567ab\u{e9}", false), ("abcdefghij234567abc\u{0}", false),
    ]) func onlyTheExactForm(text: String, isToken: Bool) {
        #expect(ProbeToken(text)?.description == (isToken ? text : nil))
        #expect(ProbeToken(hostName: text + ".mail-probe.invalid")?.description == (isToken ? text : nil))
        #expect(ProbeToken(hostName: text) == nil)
    }

    @Test(arguments: [[], [0, 31, 32, 255], [UInt8](repeating: 25, count: 40)] as [[UInt8]])
    func anyBytesMakeOne(bytes: [UInt8]) {
        #expect(ProbeToken(ProbeToken(bytes: bytes).description) != nil)
    }

    @Test func namesOfHosts() throws {
        let token = try #require(ProbeToken("abcdefghij234567abcd"))
        #expect(ProbeToken(hostName: token.hostName) == token)
        for name in ["x.abcdefghij234567abcd.mail-probe.invalid", "abcdefghij234567abcd.mail-probe.invalid."] {
            #expect(ProbeToken(hostName: name) == nil)
        }
    }
}

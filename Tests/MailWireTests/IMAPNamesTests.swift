import Testing

@testable import MailWire

@Suite("Modified UTF-7")
struct IMAPNamesTests {
    @Test(
        "both ways",
        arguments: [
            ("", ""), ("INBOX", "INBOX"), ("R&-D", "R&D"), ("&AOQ-", "\u{e4}"), ("Entw&APw-rfe", "Entw\u{fc}rfe"),
            ("~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/\u{53f0}\u{5317}/\u{65e5}\u{672c}\u{8a9e}"),
            ("&2D3cqQ-", "\u{1f4a9}"), ("a &AOQA9gD8- b", "a \u{e4}\u{f6}\u{fc} b"), ("&-&-", "&&"), ("&AAE-", "\u{1}"),
            ("&AOQ-&-", "\u{e4}&"),
            (
                "&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-",
                "\u{41e}\u{442}\u{43f}\u{440}\u{430}\u{432}\u{43b}\u{435}\u{43d}\u{43d}\u{44b}\u{435}"
            ),
        ])
    func roundTrip(wire: String, text: String) {
        #expect(ModifiedUTF7.decode(Array(wire.utf8)) == text)
        #expect(ModifiedUTF7.encode(text) == Array(wire.utf8))
    }

    @Test(
        "names with a second spelling or none are refused",
        arguments: [
            "&", "&AOQ", "&AOQ/", "a&b", "&AOQ=-", "&A-", "&AA-", "&AGE-", "&AC8-", "&ACo-", "&2D0-", "&3Kk-", "&AOR-",
            "&AOQA-", "\u{e4}", "a\tb", "\u{7f}", "&AOQ -", "&\u{e4}-", "&AOQAAA-x&",
        ])
    func refused(wire: String) {
        #expect(ModifiedUTF7.decode(Array(wire.utf8)) == nil)
    }

    @Test("needless shifts are understood")
    func needlessShift() {
        #expect(ModifiedUTF7.decode(Array("&AOQ-&APY-".utf8)) == "\u{e4}\u{f6}")
    }

    @Test("any text comes back as itself")
    func anyText() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                let limit: UInt32 = [0x7f, 0xff, 0xffff, 0x10ffff].randomElement(using: &generator) ?? 0x7f
                guard let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator)) else { continue }
                text.unicodeScalars.append(scalar)
            }
            let wire = ModifiedUTF7.encode(text)
            #expect(wire.allSatisfy { (0x20...0x7e).contains($0) })
            #expect(ModifiedUTF7.decode(wire).map { Array($0.utf8) } == Array(text.utf8))
        }
    }
}

import MailMessage
import Testing

@Suite("Rights on mailboxes")
struct MailboxRightsTests {
    @Test(
        arguments: [
            ("", ""), ("lr", "lr"), ("rl", "lr"), ("c", "kx"), ("d", "te"), ("cd", "kxte"),
            ("lrswipkxtea", "lrswipkxtea"),
        ])
    func letters(text: String, meant: String) { #expect(MailboxRights(letters: text)?.description == meant) }

    @Test(arguments: ["L", "q", "0", "l r", "lr+", "\u{e9}"])
    func noLetters(text: String) { #expect(MailboxRights(letters: text) == nil) }

    @Test(arguments: [("l", "l"), ("k", "kc"), ("x", "xc"), ("t", "td"), ("e", "ed"), ("kt", "ktcd")])
    func obsoleteLetters(text: String, shown: String) {
        #expect(MailboxRights(letters: text)?.withObsoleteLetters == shown)
    }

    @Test func flags() throws {
        let word = Flag.keyword(try #require(Keyword("plan")))
        let all: [Flag] = [.system(.seen), .system(.deleted), .system(.flagged), word]
        let rows: [(MailboxRights, [Flag], FlagBits)] = [
            ([], [], []), ([.keepSeen], [.system(.seen)], .seen), ([.markDeleted], [.system(.deleted)], .deleted),
            ([.write], [.system(.flagged), word], FlagBits.all.subtracting([.seen, .deleted])),
            ([.write, .keepSeen, .markDeleted], all, .all),
        ]
        for (rights, flags, bits) in rows {
            #expect(all.filter(rights.mayChange) == flags)
            #expect(rights.changeableFlags == bits)
        }
    }
}

import MailTransport
import Testing

@testable import MailSessions

@Suite struct DialogueTests {
    @Test(arguments: DialogueFile.all("imap"), DialogueServer.Transport.allCases)
    func imap(file: DialogueFile, transport: DialogueServer.Transport) async throws {
        try await DialogueRunner(file, over: transport, service: .imaps).run()
    }

    @Test(arguments: DialogueFile.all("pop3"), DialogueServer.Transport.allCases)
    func pop3(file: DialogueFile, transport: DialogueServer.Transport) async throws {
        try await DialogueRunner(file, over: transport, service: .pop3s).run()
    }

    @Test(arguments: DialogueFile.all("smtp"), DialogueServer.Transport.allCases)
    func smtp(file: DialogueFile, transport: DialogueServer.Transport) async throws {
        try await DialogueRunner(file, over: transport, service: .submissions).run()
    }

    @Test(arguments: DialogueFile.all("http"), DialogueServer.Transport.allCases)
    func http(file: DialogueFile, transport: DialogueServer.Transport) async throws {
        try await DialogueRunner(file, over: transport, service: .https).run()
    }

    @Test(arguments: [("imap", 20), ("smtp", 15), ("pop3", 8), ("http", 6)]) func thereAreDialogues(
        folder: String, least: Int
    ) {
        #expect(DialogueFile.all(folder).count >= least)
    }
}

@Suite struct DialogueFormatTests {
    @Test func steps() throws {
        let text = "# note\nC: a X {*}\nL: one\nL:\nC:\nS2~ * <n> EXISTS\n! close 2\n"
        #expect(
            try DialogueFile.parse(text).map(\.step) == [
                .literal(client: 1, ["one", ""], waits: true, head: "a X "), .send(client: 1, ""),
                .skipTo(client: 2, "* <n> EXISTS"), .directive(["close", "2"]),
            ])
        #expect(throws: DialogueFile.SyntaxError(line: 1)) { try DialogueFile.parse("X: what") }
    }

    @Test func patterns() {
        var pattern = DialoguePattern()
        let learns = pattern.matches("a OK [APPENDUID <n:v> <n:uid>] <any>", "a OK [APPENDUID 7 12] (done)")
        let knows = pattern.matches("* <$uid> (<n:v>)", "* 12 (7)")
        let differs = pattern.matches("<n:v>", "8")
        let isText = pattern.matches("a+b", "aab")
        #expect(learns && knows && !differs && !isText)
        #expect(pattern.fill("x <$uid> <ab 2 times>") == "x 12 abab")
    }
}

internal import MailCrypto
internal import MailDial
internal import MailMessage

/// One line of a reply (RFC 5321 §4.2): code, whether it is the last, text.
struct SMTPReply: Equatable {
    let code: Int
    let isLast: Bool
    let text: String

    init?(line: String) {
        let digits = line.utf8.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }), let code = Int(line.prefix(3)),
            (200..<600).contains(code)
        else { return nil }
        let rest = line.dropFirst(3)
        guard rest.isEmpty || rest.hasPrefix(" ") || rest.hasPrefix("-") else { return nil }
        self.code = code
        isLast = !rest.hasPrefix("-")
        text = String(rest.dropFirst())
    }
}

struct SMTPTalk: Talk {
    static let startTLSCommand = "STARTTLS"
    static let startTLSName = "STARTTLS"

    private let conversation: Conversation

    init(_ conversation: Conversation) { self.conversation = conversation }

    /// A whole reply; its text lines joined.
    struct Reply {
        let code: Int
        let lines: [String]
        var text: String { "\(code) " + lines.joined(separator: " ") }
        var isGood: Bool { (200..<400).contains(code) }
    }

    func reply() throws(TalkFailure) -> Reply {
        var lines: [String] = []
        while lines.count < Conversation.mostLines {
            let line = try conversation.hear()
            guard let reply = SMTPReply(line: line) else { throw .answered(line) }
            lines.append(reply.text)
            if reply.isLast { return Reply(code: reply.code, lines: lines) }
        }
        throw .lost(.tooLong)
    }

    func command(_ line: String, shown: String? = nil) throws(TalkFailure) -> Reply {
        try conversation.say(line, shown: shown)
        return try reply()
    }

    func capabilities(token: ProbeToken) throws(TalkFailure) -> [String] {
        let answer = try command("EHLO \(token.hostName)")
        if answer.isGood { return Array(answer.lines.dropFirst()) }
        guard answer.code >= 500 else { throw .answered(answer.text) }
        let old = try command("HELO \(token.hostName)")
        guard old.isGood else { throw .answered(old.text) }
        return []
    }

    func startTLS() throws(TalkFailure) -> String? {
        let answer = try command(Self.startTLSCommand)
        return answer.code == 220 ? nil : answer.text
    }

    func logIn(_ login: Login, offered: [String]) throws(TalkFailure) -> LoginAnswer {
        let mechanisms = Mechanisms.offered(.smtp, offered)
        let answer: Reply
        if mechanisms.contains("PLAIN") || !mechanisms.contains("LOGIN") {
            answer = try command("AUTH PLAIN \(login.plain)", shown: "AUTH PLAIN ***")
        } else {
            answer = try loginMechanism(login)
        }
        return answer.code == 235 ? .accepted : .refused(text: answer.text)
    }

    /// The older mechanism: two questions, two answers.
    private func loginMechanism(_ login: Login) throws(TalkFailure) -> Reply {
        let question = try command("AUTH LOGIN")
        guard question.code == 334 else { return question }
        let second = try command(Base64.encode(Array(login.name.utf8)), shown: "***")
        guard second.code == 334 else { return second }
        return try command(Base64.encode(login.password), shown: "***")
    }

    func leave() { try? conversation.say("QUIT") }
}

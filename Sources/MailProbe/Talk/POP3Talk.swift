internal import MailCrypto
internal import MailDial
internal import MailMessage

struct POP3Talk: Talk {
    static let startTLSCommand = "STLS"
    static let startTLSName = "STLS"

    private let conversation: Conversation
    private(set) var isListAssumed = false

    init(_ conversation: Conversation) { self.conversation = conversation }

    /// The first line of an answer.
    private func command(_ line: String, shown: String? = nil) throws(TalkFailure) -> String {
        try conversation.say(line, shown: shown)
        return try conversation.hear()
    }

    /// The lines up to the one with a dot (RFC 1939 §3).
    private func lines() throws(TalkFailure) -> [String] {
        var all: [String] = []
        while all.count < Conversation.mostLines {
            let line = try conversation.hear()
            if line == "." { return all }
            all.append(line.hasPrefix(".") ? String(line.dropFirst()) : line)
        }
        throw .lost(.tooLong)
    }

    /// A server from before RFC 2449 knows no CAPA, and can USER.
    mutating func capabilities(token: ProbeToken) throws(TalkFailure) -> [String] {
        let answer = try command("CAPA")
        isListAssumed = !answer.hasPrefix("+OK")
        return isListAssumed ? ["USER"] : try lines()
    }

    func startTLS() throws(TalkFailure) -> String? {
        let answer = try command(Self.startTLSCommand)
        return answer.hasPrefix("+OK") ? nil : answer
    }

    func logIn(_ login: Login, offered: [String]) throws(TalkFailure) -> LoginAnswer {
        let offersPlain = Mechanisms.offered(.pop3, offered).contains("PLAIN")
        if offersPlain || !login.fitsOnLine { return try plain(login) }
        let user = try command("USER \(login.name)")
        guard user.hasPrefix("+OK") else { return .refused(text: user) }
        return Self.answer(try command("PASS \(login.passwordText)", shown: "PASS ***"))
    }

    /// In two steps: not every server takes the initial response of RFC 5034 §4.
    private func plain(_ login: Login) throws(TalkFailure) -> LoginAnswer {
        let question = try command("AUTH PLAIN")
        guard question.hasPrefix("+") else { return .refused(text: question) }
        return Self.answer(try command(login.plain, shown: "***"))
    }

    private static func answer(_ line: String) -> LoginAnswer {
        line.hasPrefix("+OK") ? .accepted : .refused(text: line)
    }

    func leave() { try? conversation.say("QUIT") }
}

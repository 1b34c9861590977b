internal import MailCrypto
internal import MailDial
internal import MailMessage

struct IMAPTalk: Talk {
    static let startTLSCommand = "STARTTLS"
    static let startTLSName = "STARTTLS"

    private static let mostLiterals = 100

    private let conversation: Conversation
    private var number = 0

    init(_ conversation: Conversation) { self.conversation = conversation }

    /// What a command brought: the untagged lines, and the tagged one without its tag.
    struct Answer {
        let lines: [String]
        let end: String
        var isGood: Bool { end.uppercased().hasPrefix("OK") }
    }

    mutating func command(_ text: String, shown: String? = nil) throws(TalkFailure) -> Answer {
        let tag = nextTag()
        try conversation.say("\(tag) \(text)", shown: shown.map { "\(tag) \($0)" })
        return try answer(tag)
    }

    private mutating func nextTag() -> String {
        number += 1
        return "p\(number)"
    }

    private func answer(_ tag: String) throws(TalkFailure) -> Answer {
        var lines: [String] = []
        while lines.count < Conversation.mostLines {
            let line = try wholeLine()
            if line.hasPrefix(tag + " ") { return Answer(lines: lines, end: String(line.dropFirst(tag.count + 1))) }
            if line.hasPrefix("+") { throw .answered(line) }
            if line.uppercased().hasPrefix("* BYE") { return Answer(lines: lines, end: String(line.dropFirst(2))) }
            lines.append(line)
        }
        throw .lost(.tooLong)
    }

    /// With its literals, quoted (RFC 9051 §4.3).
    private func wholeLine() throws(TalkFailure) -> String {
        var line = try conversation.hear()
        for _ in 0..<Self.mostLiterals {
            guard let length = Self.literalLength(line) else { return line }
            do {
                let bytes = try conversation.channel.read(length, by: conversation.deadline)
                let open = line.lastIndex(of: "{") ?? line.endIndex
                line = line[..<open] + "\"" + String(decoding: bytes, as: UTF8.self) + "\"" + (try conversation.line())
            } catch {
                throw .lost(error)
            }
        }
        throw .lost(.tooLong)
    }

    static func literalLength(_ line: String) -> Int? {
        guard line.hasSuffix("}"), let open = line.lastIndex(of: "{") else { return nil }
        let digits = line[open...].dropFirst().dropLast()
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(digits)
    }

    mutating func capabilities(token: ProbeToken) throws(TalkFailure) -> [String] {
        let answer = try command("CAPABILITY")
        guard answer.isGood else { throw .answered(answer.end) }
        let lines = answer.lines.filter { $0.uppercased().hasPrefix("* CAPABILITY ") }
        return lines.flatMap { $0.split(separator: " ").dropFirst(2).map(String.init) }
    }

    mutating func startTLS() throws(TalkFailure) -> String? {
        let answer = try command(Self.startTLSCommand)
        return answer.isGood ? nil : answer.end
    }

    mutating func logIn(_ login: Login, offered: [String]) throws(TalkFailure) -> LoginAnswer {
        let mechanisms = Mechanisms.offered(.imap, offered)
        if mechanisms.contains("PLAIN") || !login.fitsOnLine { return try plain(login) }
        let words = [login.name, login.passwordText].map(Self.quoted)
        let answer = try command("LOGIN \(words[0]) \(words[1])", shown: "LOGIN \(words[0]) ***")
        return answer.isGood ? .accepted : .refused(text: answer.end)
    }

    private mutating func plain(_ login: Login) throws(TalkFailure) -> LoginAnswer {
        let tag = nextTag()
        try conversation.say("\(tag) AUTHENTICATE PLAIN")
        let question = try conversation.hear()
        guard question.hasPrefix("+") else { return .refused(text: String(question.dropFirst(tag.count + 1))) }
        try conversation.say(login.plain, shown: "***")
        let answer = try answer(tag)
        return answer.isGood ? .accepted : .refused(text: answer.end)
    }

    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    mutating func leave() { try? conversation.say("\(nextTag()) LOGOUT") }
}

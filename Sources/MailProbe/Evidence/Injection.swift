internal import MailDial
internal import MailMessage

/// Whether a command that arrives in one packet with STARTTLS is carried out behind the handshake (CVE-2011-0411 and its many
/// children): then somebody on the way can put words into a client's mouth.
struct Injection {
    let visit: Visit

    /// An answer comes at once, or the command was thrown away.
    private static let silence = 400

    func attempt<Speaker: Talk>(on kind: Speaker.Type) -> Evidence.StartTLS {
        let limit = visit.step(visit.plan.patience.answer)
        do {
            let conversation = Conversation(try Channel.connect(to: visit.peer, by: limit), by: limit)
            _ = try conversation.greeting()
            var talk = Speaker(conversation)
            _ = try talk.capabilities(token: visit.plan.token)
            return answer(conversation, kind).map { .acceptedWithInjection($0) } ?? .accepted
        } catch {
            return .acceptedUntried
        }
    }

    /// The server's answer to what it should have thrown away, as it does when it breaks off.
    private func answer<Speaker: Talk>(_ conversation: Conversation, _ kind: Speaker.Type) -> String? {
        let (channel, limit) = (conversation.channel, conversation.deadline)
        do {
            try channel.write(Self.packet(kind), by: limit)
            _ = try conversation.line()
            try channel.encrypt(visit.offer, by: limit)
            let line = try channel.readLine(by: limit.within(milliseconds: Self.silence))
            return Self.isAnswer(line, kind) ? line : nil
        } catch {
            return nil
        }
    }

    /// Servers may say other things of their own accord.
    private static func isAnswer<Speaker: Talk>(_ line: String, _ kind: Speaker.Type) -> Bool {
        if kind == IMAPTalk.self { return line.hasPrefix("i2 ") }
        if kind == POP3Talk.self { return line.hasPrefix("+OK") || line.hasPrefix("-ERR") }
        return SMTPReply(line: line).map { $0.code != 421 } ?? false
    }

    private static func packet<Speaker: Talk>(_ kind: Speaker.Type) -> String {
        if kind == IMAPTalk.self { return "i1 STARTTLS\r\ni2 NOOP\r\n" }
        if kind == POP3Talk.self { return "STLS\r\nCAPA\r\n" }
        return "STARTTLS\r\nNOOP\r\n"
    }
}

internal import MailDial

/// The login, and what can be seen with it; for senders also what can be seen without.
struct AfterLogin {
    let plan: ProbePlan
    let endpoint: Endpoint

    /// RFC 2606 §3: a domain that exists and that nobody who runs a mail server owns.
    private static let elsewhere = "relay-test@example.org"

    func run<Speaker: Talk>(_ talk: inout Speaker, _ conversation: Conversation, _ evidence: inout Evidence) {
        if let smtp = talk as? SMTPTalk { evidence.sending = strangers(smtp) }
        guard let login = plan.login, endpoint.service != .smtp, endpoint.announcer == nil,
            evidence.allowsLogin(minimum: plan.minimumTLS)
        else { return }
        let offered = Mechanisms.offered(endpoint.service.language, evidence.capabilities ?? [])
        guard !offered.isDisjoint(with: Mechanisms.plaintext) else { return }
        let watch = Stopwatch()
        do {
            let answer = try talk.logIn(login, offered: evidence.capabilities ?? [])
            evidence.login = LoginEvidence(answer: answer, milliseconds: watch.milliseconds)
            guard answer == .accepted else { return }
            if var imap = talk as? IMAPTalk {
                evidence.mailbox = try MailboxQuestions.ask(&imap)
                if let same = imap as? Speaker { talk = same }
            }
            if let smtp = talk as? SMTPTalk { try greetAsSender(smtp, &evidence) }
        } catch {
            evidence.note(error, in: conversation)
        }
    }

    /// What anybody may ask of a server for mail from elsewhere. RCPT alone: nothing is ever sent.
    private func strangers(_ talk: SMTPTalk) -> SendingEvidence {
        var sending = SendingEvidence()
        if plan.testsRelay { sending.relay = try? recipient(Self.elsewhere, talk) }
        if let own = plan.recipient { sending.recipient = try? recipient(own, talk) }
        return sending
    }

    private func recipient(_ address: String, _ talk: SMTPTalk) throws(TalkFailure) -> SendingEvidence.Answer {
        let sender = try talk.command("MAIL FROM:<>")
        guard sender.isGood else {
            return SendingEvidence.Answer(address: address, code: sender.code, text: sender.text)
        }
        let answer = try talk.command("RCPT TO:<\(address)>")
        _ = try talk.command("RSET")
        return SendingEvidence.Answer(address: address, code: answer.code, text: answer.text)
    }

    private func greetAsSender(_ talk: SMTPTalk, _ evidence: inout Evidence) throws(TalkFailure) {
        guard let sender = plan.sender else { return }
        let answer = try talk.command("MAIL FROM:<\(sender)>")
        var sending = evidence.sending ?? SendingEvidence()
        sending.sender = SendingEvidence.Answer(address: sender, code: answer.code, text: answer.text)
        evidence.sending = sending
        _ = try talk.command("RSET")
    }
}

extension Evidence {
    /// The other end is whom the user meant, and nobody sits between.
    var isProven: Bool {
        guard let tls else { return false }
        return tls.isVerified && !hasInjection && Interceptors.name(in: tls.chain) == nil
    }

    /// A password goes only over encryption with whom the user meant.
    func allowsLogin(minimum: TLSVersion) -> Bool { isProven && tls.map { $0.version >= minimum } == true }

    mutating func note(_ failure: TalkFailure, in conversation: Conversation) {
        (broken, brokenAfter) = (failure.words, conversation.silence)
    }

    var hasInjection: Bool {
        guard case .acceptedWithInjection = startTLS else { return false }
        return true
    }
}

/// Namespace, folders and quota (RFC 2342, RFC 6154, RFC 9208).
enum MailboxQuestions {
    static func ask(_ talk: inout IMAPTalk) throws(TalkFailure) -> MailboxEvidence {
        var mailbox = MailboxEvidence()
        let namespace = try talk.command("NAMESPACE")
        if let line = namespace.lines.first(where: { $0.uppercased().hasPrefix("* NAMESPACE") }) {
            let words = IMAPWords.strings(in: line)
            (mailbox.prefix, mailbox.delimiter) = (words.first, words.dropFirst().first)
        }
        let prefix = mailbox.prefix ?? ""
        let list = try talk.command("LIST \"\" \(IMAPTalk.quoted(prefix + "*"))")
        if list.isGood { mailbox.specialUses = Set(list.lines.flatMap(specialUses)) }
        try quota(&talk, &mailbox)
        return mailbox
    }

    private static let uses = ["\\trash", "\\sent", "\\drafts", "\\junk", "\\archive", "\\all", "\\flagged"]

    private static func specialUses(_ line: String) -> [String] {
        guard let open = line.firstIndex(of: "("), let close = line.firstIndex(of: ")"), open < close else { return [] }
        return line[open..<close].dropFirst().split(separator: " ").map { $0.lowercased() }.filter(uses.contains)
    }

    /// `* QUOTA "" (STORAGE 10 512)`, in units of 1024 bytes.
    private static func quota(_ talk: inout IMAPTalk, _ mailbox: inout MailboxEvidence) throws(TalkFailure) {
        let answer = try talk.command("GETQUOTAROOT INBOX")
        for line in answer.lines where line.uppercased().hasPrefix("* QUOTA ") {
            let words = line.split(whereSeparator: { " ()".contains($0) }).map(String.init)
            guard let place = words.firstIndex(where: { $0.uppercased() == "STORAGE" }) else { continue }
            let numbers = words[place...].dropFirst().prefix(2).compactMap { Int($0) }.map {
                $0.multipliedReportingOverflow(by: 1_024)
            }
            guard numbers.count == 2, !numbers.contains(where: { $0.overflow }) else { continue }
            (mailbox.quotaUsed, mailbox.quotaLimit) = (numbers[0].partialValue, numbers[1].partialValue)
        }
    }
}

enum IMAPWords {
    /// The quoted strings of a line, in order.
    static func strings(in line: String) -> [String] {
        var (found, current, isEscaped): ([String], String?, Bool) = ([], nil, false)
        for character in line {
            guard var word = current else {
                if character == "\"" { current = "" }
                continue
            }
            if isEscaped || (character != "\\" && character != "\"") {
                word.append(character)
                (current, isEscaped) = (word, false)
            } else if character == "\\" {
                isEscaped = true
            } else {
                found.append(word)
                current = nil
            }
        }
        return found
    }
}

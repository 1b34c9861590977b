internal import MailDial

extension EndpointJudge {
    static let greetingChecks: [CheckID] = [
        "proto.silent", "proto.greeting-slow", "proto.wrong", "proto.http", "proto.unknown", "proto.busy",
        "proto.banner-name",
        "net.reset", "tls.mode.ssl-on-starttls-port",
    ]

    mutating func judgeGreeting() -> CheckID? {
        switch evidence.disguise {
        // The right encryption would lead to the wrong protocol.
        case .tls(let found?) where found != evidence.endpoint.service.language: return judgeWrong(found)
        case .tls: return stop("tls.mode.ssl-on-starttls-port", Facts(some: [("right", rightPort)]))
        case .http(let status, let location):
            return stop(
                "proto.http", Facts(some: [("status", .text(status)), ("location", location.map { .text($0) })]))
        case nil: break
        }
        switch evidence.greeting {
        case .line(let line, let milliseconds): return judgeLine(line, milliseconds)
        case .silent(let milliseconds): return stop("proto.silent", ["after": .milliseconds(milliseconds)])
        case .lost, nil: return judgeCut("greeting")
        }
    }

    private mutating func judgeLine(_ line: String, _ milliseconds: Int) -> CheckID? {
        if let cause = judgeStranger(line) { return cause }
        if let cause = judgeBusy(line) { return cause }
        if milliseconds >= policy.slowGreeting {
            say("proto.greeting-slow", .warning, ["after": .milliseconds(milliseconds)])
        }
        if let name = Banner.name(in: line, evidence.endpoint.service.language), !knows(name) {
            say("proto.banner-name", .info, ["name": .text(name)])
        }
        return nil
    }

    private mutating func judgeWrong(_ found: SpokenLanguage) -> CheckID {
        let wanted = evidence.endpoint.service.language
        return stop(
            "proto.wrong",
            Facts(some: [("found", .text(found.label)), ("wanted", .text(wanted.label)), ("right", rightPort)]))
    }

    /// Another protocol than the one that was wanted.
    mutating func judgeStranger(_ line: String) -> CheckID? {
        let wanted = evidence.endpoint.service.language
        guard let found = SpokenLanguage.spoken(in: line) else { return stop("proto.unknown", ["text": .text(line)]) }
        guard found != wanted else { return nil }
        if found == .http { return stop("proto.http", ["status": .text(line)]) }
        return judgeWrong(found)
    }

    private mutating func judgeBusy(_ line: String) -> CheckID? {
        guard !Greeting.isWelcome(line, to: evidence.endpoint.service.language) else { return nil }
        let check: CheckID = "proto.busy"
        let isPermanent = SMTPReply(line: line).map { $0.code >= 500 } ?? false
        say(
            check, isPermanent ? .critical : .warning,
            Facts(some: [("text", .text(line)), ("minutes", Minutes.named(in: line))]))
        return check
    }

    /// The host's own name, or one that its certificate bears.
    private func knows(_ name: String) -> Bool {
        let name = name.lowercased()
        return name == evidence.endpoint.host || evidence.tls?.leaf?.names.contains { $0.lowercased() == name } == true
    }
}

/// The name that a greeting gives (RFC 5321 §4.2); IMAP and POP3 greetings have no place for one.
enum Banner {
    static func name(in line: String, _ language: SpokenLanguage) -> String? {
        guard language == .smtp, let reply = SMTPReply(line: line), let word = reply.text.split(separator: " ").first
        else {
            return nil
        }
        return word.contains(".") ? String(word) : nil
    }
}

/// "try again in 5 minutes"
enum Minutes {
    static func named(in text: String) -> Fact? {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        for (number, unit) in zip(words, words.dropFirst()) {
            guard let count = Int(number), count > 0 else { continue }
            if unit.hasPrefix("minut") { return .number(count) }
            if unit.hasPrefix("second") || unit.hasPrefix("sekund") { return .number(count / 60 + 1) }
        }
        return nil
    }
}

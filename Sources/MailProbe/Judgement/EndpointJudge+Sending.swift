extension EndpointJudge {
    mutating func judgeSender(_ capabilities: [String]) {
        if let size = capabilities.lazy.compactMap(Self.size).first {
            say("smtp.size", .info, ["size": .bytes(size)])
        }
        if let relay = evidence.sending?.relay { judgeRelay(relay) }
        if let answer = evidence.sending?.recipient { judgeRecipient(answer) }
    }

    /// RFC 1870 §3; 0 stands for no limit.
    private static func size(_ capability: String) -> Int? {
        let words = capability.split(separator: " ")
        guard words.first?.uppercased() == "SIZE", let number = words.dropFirst().first.flatMap({ Int($0) }), number > 0
        else {
            return nil
        }
        return number
    }

    /// A server may refuse whom it does not know; a user whose program does not log in must be told so.
    private mutating func judgeRelay(_ answer: SendingEvidence.Answer) {
        if answer.code < 300 {
            say("smtp.open-relay", .critical, ["recipient": .text(answer.address)])
        } else if policy.typed?.authentication(for: evidence.endpoint.service) == AuthenticationChoice.none {
            say("smtp.relay-denied", .critical, ["text": .text(answer.text)])
        }
    }

    private mutating func judgeRecipient(_ answer: SendingEvidence.Answer) {
        switch answer.code {
        case 400..<500:
            say(
                "smtp.greylist", .info,
                Facts(some: [("text", .text(answer.text)), ("minutes", Minutes.named(in: answer.text))]))
        case 500... where answer.isAboutRelaying: say("smtp.relay-denied", .critical, ["text": .text(answer.text)])
        default: break
        }
    }
}

extension SendingEvidence.Answer {
    /// RFC 3463 §3.8: X.7.1; a recipient that does not exist (X.1.1) is another matter.
    fileprivate var isAboutRelaying: Bool { text.lowercased().contains("relay") || text.contains(" 5.7.1 ") }
}

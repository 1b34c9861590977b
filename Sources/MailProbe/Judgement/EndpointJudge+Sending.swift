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
        } else if answer.code < 500 {
            // What it says later is not known.
            skip("smtp.open-relay")
        } else if policy.typed?.authentication(for: evidence.endpoint.service) == AuthenticationChoice.none {
            say("smtp.relay-denied", .critical, ["text": .text(answer.text)])
        }
    }

    private mutating func judgeRecipient(_ answer: SendingEvidence.Answer) {
        guard answer.code >= 300 else { return }
        if answer.isGreylisting {
            say(
                "smtp.greylist", .info,
                Facts(some: [("text", .text(answer.text)), ("minutes", Minutes.named(in: answer.text))]))
        } else if answer.code >= 500, answer.isAboutRelaying {
            say("smtp.relay-denied", .critical, ["text": .text(answer.text)])
            skip("smtp.greylist", because: "smtp.relay-denied")
        } else {
            skip("smtp.greylist")
        }
    }
}

extension SendingEvidence.Answer {
    /// In words: X.7.1 is said to senders that are blocked, too (RFC 3463 §3.8).
    fileprivate var isAboutRelaying: Bool { text.lowercased().contains("relay") }

    /// In words, or "later" as a matter of policy or of nothing said: a mailbox that is full, and a server that is in trouble,
    /// have codes of their own (RFC 6647 §5.1, RFC 3463 §3).
    fileprivate var isGreylisting: Bool {
        guard code == 450 || code == 451 else { return false }
        let folded = text.lowercased()
        if folded.contains("greylist") || folded.contains("graylist") { return true }
        let detail = folded.split(separator: " ").dropFirst().first { $0.hasPrefix("4.") }
        return folded.contains("later") && (detail == nil || detail == "4.7.1" || detail == "4.2.0")
    }
}

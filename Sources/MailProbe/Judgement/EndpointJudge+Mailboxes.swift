extension EndpointJudge {
    /// What only somebody who has logged in sees.
    var mailboxChecks: [CheckID] {
        guard evidence.isLoginPlanned else { return evidence.endpoint.service == .pop3 ? ["pop.leave-on-server"] : [] }
        switch evidence.endpoint.service {
        case .imap: return folderChecks
        case .pop3: return ["pop.leave-on-server"]
        case .submission: return evidence.sending?.sender == nil ? [] : ["smtp.sender-refused"]
        case .smtp: return []
        }
    }

    /// Where the mailbox was opened: what it told; else all that it would have told.
    private var folderChecks: [CheckID] {
        let (prefix, use, quota): ([CheckID], [CheckID], [CheckID]) = (
            ["imap.prefix.needed", "imap.prefix.wrong"], ["imap.special-use"], ["imap.quota.full"]
        )
        guard let mailbox = evidence.mailbox else { return prefix + use + quota }
        return (mailbox.prefix == nil ? [] : prefix) + (mailbox.specialUses == nil ? [] : use)
            + (mailbox.quotaLimit == nil ? [] : quota)
    }

    mutating func judgeMailbox() -> CheckID? {
        if evidence.endpoint.service == .pop3 { say("pop.leave-on-server", .info) }
        if let sender = evidence.sending?.sender, sender.code >= 400 {
            say("smtp.sender-refused", .critical, ["sender": .text(sender.address), "text": .text(sender.text)])
        }
        guard let mailbox = evidence.mailbox else {
            return evidence.broken != nil && evidence.isLoginPlanned ? judgeLost() : nil
        }
        judgePrefix(mailbox)
        judgeSpecialUse(mailbox)
        judgeQuota(mailbox)
        return nil
    }

    private mutating func judgePrefix(_ mailbox: MailboxEvidence) {
        guard let needed = mailbox.prefix else { return }
        let bare = needed.withoutDelimiter(mailbox.delimiter)
        guard let typed = policy.typed?.prefix else {
            // Programs that ask for the namespace need no help; but who asks the helpdesk has one that does not.
            if !bare.isEmpty { say("imap.prefix.needed", .warning, ["prefix": .text(bare)]) }
            return
        }
        let given = typed.withoutDelimiter(mailbox.delimiter)
        guard given != bare else { return }
        if given.isEmpty {
            say("imap.prefix.needed", .warning, ["prefix": .text(bare)])
        } else {
            say(
                "imap.prefix.wrong", .warning,
                Facts(some: [("given", .text(typed)), ("prefix", bare.isEmpty ? nil : .text(bare))]))
        }
    }

    private mutating func judgeSpecialUse(_ mailbox: MailboxEvidence) {
        guard let found = mailbox.specialUses else { return }
        let missing = [("\\trash", "Trash"), ("\\sent", "Sent"), ("\\drafts", "Drafts")].filter {
            !found.contains($0.0)
        }.map(\.1)
        if !missing.isEmpty { say("imap.special-use", .info, ["missing": .list(missing)]) }
    }

    private mutating func judgeQuota(_ mailbox: MailboxEvidence) {
        guard let used = mailbox.quotaUsed, let limit = mailbox.quotaLimit, limit > 0 else { return }
        let facts: Facts = ["used": .bytes(used), "limit": .bytes(limit)]
        if used >= limit { say("imap.quota.full", .critical, facts) } else { ok("imap.quota.full", facts) }
    }
}

extension String {
    /// "INBOX." and "INBOX" are one prefix.
    fileprivate func withoutDelimiter(_ delimiter: String?) -> String {
        let mark = delimiter ?? "/"
        let bare = !mark.isEmpty && hasSuffix(mark) ? String(dropLast(mark.count)) : self
        return bare.hasSuffix("/") ? String(bare.dropLast()) : bare
    }
}

package import MailMessage

/// RFC 4314 §3.6-3.8.
extension ReplyWriter {
    /// `* ACL INBOX anna lrs -bo w`
    package mutating func acl(of mailbox: String, _ entries: [(identifier: String, rights: MailboxRights)]) {
        raw("* ACL ")
        self.mailbox(mailbox)
        for entry in entries {
            space()
            identifier(Array(entry.identifier.utf8))
            space()
            rights(entry.rights.withObsoleteLetters)
        }
        endLine()
    }

    /// `* LISTRIGHTS INBOX anna "" l r s ...`: what is always there, then what can be given one by one.
    package mutating func listRights(
        of mailbox: String, _ identifier: [UInt8], always: String, possible: some Sequence<Character>
    ) {
        raw("* LISTRIGHTS ")
        self.mailbox(mailbox)
        space()
        self.identifier(identifier)
        space()
        rights(always)
        for letter in possible {
            space()
            rights(String(letter))
        }
        endLine()
    }

    /// `* MYRIGHTS INBOX lrs`
    package mutating func myRights(of mailbox: String, _ letters: String) {
        raw("* MYRIGHTS ")
        self.mailbox(mailbox)
        space()
        rights(letters)
        endLine()
    }

    private mutating func identifier(_ identifier: [UInt8]) { astring(identifier) }
    private mutating func rights(_ letters: String) { astring(letters) }
}

package import MailMessage

/// The namespace of other people's mailboxes (RFC 2342 §5): `Other Users/LOGIN/...`.
package enum OtherUsers {
    package static let prefix = "Other Users"

    package static func root(of owner: LoginName) -> [String] { [prefix, owner.text] }

    package static func owns(_ name: MailboxName) -> Bool { name.components.first == prefix }

    /// The owner a name speaks of, and the mailbox; nil without both.
    package static func split(_ name: MailboxName) -> (owner: String, mailbox: MailboxName)? {
        guard owns(name), name.components.count > 2,
            let mailbox = MailboxName(components: Array(name.components.dropFirst(2)))
        else { return nil }
        return (name.components[1], mailbox)
    }
}

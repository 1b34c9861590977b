package import MailMessage

/// One LIST or LSUB line (RFC 9051 §7.3.1).
package struct ListReply: Sendable {
    /// As the client shall see it, prefix included.
    package var mailbox: String
    /// Nil for a flat name.
    package var separator: Character?
    package var attributes: [Attribute]
    /// The words of CHILDINFO (RFC 5258 §3.5), such as SUBSCRIBED; empty leaves it out.
    package var childInfo: [String]
    package var oldName: String?

    package init(
        mailbox: String, separator: Character? = "/", attributes: [Attribute] = [], childInfo: [String] = [],
        oldName: String? = nil
    ) {
        self.mailbox = mailbox
        self.separator = separator
        self.attributes = attributes
        self.childInfo = childInfo
        self.oldName = oldName
    }

    package enum Attribute: Sendable, Equatable {
        case nonExistent, noInferiors, noSelect, hasChildren, hasNoChildren, marked, unmarked, subscribed, remote
        /// RFC 5465 §3.1
        case noAccess
        case role(MailboxRole)
    }
}

extension ListReply.Attribute {
    var text: String {
        switch self {
        case .nonExistent: "\\NonExistent"
        case .noInferiors: "\\Noinferiors"
        case .noSelect: "\\Noselect"
        case .hasChildren: "\\HasChildren"
        case .hasNoChildren: "\\HasNoChildren"
        case .marked: "\\Marked"
        case .unmarked: "\\Unmarked"
        case .subscribed: "\\Subscribed"
        case .remote: "\\Remote"
        case .noAccess: "\\NoAccess"
        case .role(let role): role.specialUse ?? ""
        }
    }
}

extension ReplyWriter {
    package mutating func list(_ reply: ListReply) { list("* LIST (", reply) }
    package mutating func lsub(_ reply: ListReply) { list("* LSUB (", reply) }

    private mutating func list(_ start: StaticString, _ reply: ListReply) {
        raw(start)
        list(reply.attributes.lazy.map(\.text).filter { !$0.isEmpty }) { $0.text($1) }
        raw(") ")
        separator(reply.separator)
        space()
        mailbox(reply.mailbox)
        listExtension(reply)
        endLine()
    }

    private mutating func listExtension(_ reply: ListReply) {
        guard !reply.childInfo.isEmpty || reply.oldName != nil else { return }
        raw(" (")
        if !reply.childInfo.isEmpty {
            raw("\"CHILDINFO\" (")
            list(reply.childInfo) { $0.quoted($1.utf8) }
            close()
        }
        if let oldName = reply.oldName {
            if !reply.childInfo.isEmpty { space() }
            raw("\"OLDNAME\" (")
            mailbox(oldName)
            close()
        }
        close()
    }

    private mutating func separator(_ separator: Character?) {
        if let separator { quoted(String(separator).utf8) } else { nilAtom() }
    }

    /// `* STATUS name (MESSAGES 1 ...)`; a nil value is NIL (RFC 7889 §3.1).
    package mutating func status(of mailbox: String, _ values: [(item: StatusItem, value: StatusValue)]) {
        raw("* STATUS ")
        self.mailbox(mailbox)
        raw(" (")
        list(values) { writer, value in
            writer.text(value.item.rawValue)
            writer.space()
            switch value.value {
            case .number(let number): writer.number(number)
            case .objectID(let id): writer.objectID(id)
            case .none: writer.nilAtom()
            }
        }
        close()
        endLine()
    }

    /// `* NAMESPACE (("" "/")) NIL NIL` (RFC 9051 §7.3.5); an empty list is NIL.
    package mutating func namespace(
        personal: [(prefix: String, separator: Character?)], others: [(prefix: String, separator: Character?)] = [],
        shared: [(prefix: String, separator: Character?)] = []
    ) {
        raw("* NAMESPACE")
        for group in [personal, others, shared] {
            space()
            namespaces(group)
        }
        endLine()
    }

    private mutating func namespaces(_ group: [(prefix: String, separator: Character?)]) {
        guard !group.isEmpty else { return nilAtom() }
        open()
        for namespace in group {
            open()
            string(encoding.encode(namespace.prefix))
            space()
            separator(namespace.separator)
            close()
        }
        close()
    }

    /// `* QUOTA "" (STORAGE 10 512)` (RFC 9208 §4.2.1)
    package mutating func quota(root: [UInt8], _ resources: [QuotaResource]) {
        raw("* QUOTA ")
        string(root)
        raw(" (")
        list(resources) { writer, resource in
            writer.text(resource.name)
            writer.space()
            writer.number(resource.usage)
            writer.space()
            writer.number(resource.limit)
        }
        close()
        endLine()
    }

    /// `* QUOTAROOT INBOX ""`
    package mutating func quotaRoots(of mailbox: String, _ roots: [[UInt8]]) {
        raw("* QUOTAROOT ")
        self.mailbox(mailbox)
        for root in roots {
            space()
            string(root)
        }
        endLine()
    }
}

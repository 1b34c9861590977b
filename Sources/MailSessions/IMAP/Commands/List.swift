import MailMessage
import MailStore
import MailWire

/// LIST with RFC 5258's options, special uses (RFC 6154) and STATUS (RFC 5819); LSUB (RFC 3501 §6.3.9).
extension IMAPSession {
    func list(_ command: ListCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        if command.asksForSeparator { return separator(command) }

        let list = try await mailboxList(login)

        send { writer in
            for entry in list.list(command) {
                writer.list(reply(for: entry, command))
                if let items = command.returns.status, let info = entry.info {
                    writer.status(of: entry.spelling, statusValues(items, of: info))
                }
            }
        }
        return .ok("That is all")
    }

    func lsub(_ command: ListCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        if command.asksForSeparator { return separator(command) }

        let list = try await mailboxList(login)

        send { writer in
            for entry in list.lsub(command) {
                let attributes: [ListReply.Attribute] = entry.isSubscribed ? [] : [.noSelect]
                writer.lsub(ListReply(mailbox: entry.spelling, separator: entry.separator, attributes: attributes))
            }
        }
        return .ok("That is all")
    }

    private func mailboxList(_ login: IMAPLogin) async throws -> MailboxList {
        let namespaces = services.settings.hiddenNamespaces
        return try await login.account.read {
            MailboxList(mailboxes: try $0.mailboxes(), subscriptions: try $0.subscriptions(), namespaces: namespaces)
        }
    }

    /// `LIST "" ""`: the separator, and the root of the reference.
    private func separator(_ command: ListCommand) -> IMAPReply {
        let prefix = command.reference.text.flatMap { services.settings.hiddenNamespaces.split($0)?.prefix }
        let root = ListReply(
            mailbox: prefix?.text ?? "", separator: prefix?.separator ?? MailboxName.separator, attributes: [.noSelect])
        send { $0.list(root) }
        return .ok("That is all")
    }

    private func reply(for entry: MailboxList.Entry, _ command: ListCommand) -> ListReply {
        var attributes: [ListReply.Attribute] = []
        if let info = entry.info {
            attributes.append(info.hasChildren ? .hasChildren : .hasNoChildren)
            if let role = info.role, role.specialUse != nil { attributes.append(.role(role)) }
        } else {
            attributes.append(.nonExistent)
        }
        let wantsSubscribed = command.returns.subscribed || command.selection.contains(.subscribed)
        if wantsSubscribed, entry.isSubscribed { attributes.append(.subscribed) }
        return ListReply(
            mailbox: entry.spelling, separator: entry.separator, attributes: attributes,
            childInfo: entry.hasSubscribedBelow ? ["SUBSCRIBED"] : [])
    }
}

import MailMessage
import MailStore
import MailWire

/// LIST with RFC 5258's options, special uses (RFC 6154) and STATUS (RFC 5819); LSUB (RFC 3501 §6.3.9).
extension IMAPSession {
    func list(_ command: ListCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        if command.asksForSeparator { return separator(command) }

        let entries = try await mailboxList(login).list(command)
        let recent = try await recentCounts(entries, command.returns.status ?? [])

        send { writer in
            for entry in entries {
                writer.list(reply(for: entry, command))
                if let items = command.returns.status, let info = entry.info {
                    let (owner, recent) = (entry.mailbox?.owner ?? login.entry.id, recent[entry.name] ?? 0)
                    writer.status(of: entry.spelling, statusValues(items, of: info, in: owner, recent: recent))
                }
            }
        }
        return .ok("That is all")
    }

    private func recentCounts(
        _ entries: [MailboxList.Entry], _ items: [StatusItem]
    ) async throws -> [MailboxName: Int] {
        guard items.contains(.recent) else { return [:] }
        var counts: [MailboxName: Int] = [:]
        for (owner, mailboxes) in Dictionary(grouping: entries.compactMap(\.mailbox), by: \.owner) {
            let found = try await services.store.account(owner).read { reader in
                try mailboxes.map { ($0.name, try reader.recentCount(in: $0.info.id)) }
            }
            for (name, count) in found { counts[name] = count }
        }
        return counts
    }

    func lsub(_ command: ListCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        if command.asksForSeparator { return separator(command) }

        let entries = try await mailboxList(login).lsub(command)

        send { writer in
            for entry in entries {
                let attributes: [ListReply.Attribute] = entry.isSubscribed ? [] : [.noSelect]
                writer.lsub(ListReply(mailbox: entry.spelling, separator: entry.separator, attributes: attributes))
            }
        }
        return .ok("That is all")
    }

    private func mailboxList(_ login: IMAPLogin) async throws -> MailboxList {
        let namespaces = services.settings.hiddenNamespaces
        let home = MailboxHome(account: login.account)
        return try await login.account.read {
            let mailboxes = try home.seen($0)
            return MailboxList(mailboxes: mailboxes, subscriptions: try $0.subscriptions(), namespaces: namespaces)
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

import MailMessage
import MailStore
import MailWire

/// LIST with RFC 5258's options, special uses (RFC 6154) and STATUS (RFC 5819); LSUB (RFC 3501 §6.3.9).
extension IMAPSession {
    func list(_ command: ListCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        if command.asksForSeparator { return separator(command) }

        let entries = try await mailboxList(command, login).list(command)
        let recent = try await recentCounts(entries, command.returns.status ?? [])
        let metadata = try await annotations(entries, command.returns.metadata ?? [], login)

        send { writer in
            for entry in entries {
                writer.list(reply(for: entry, command))
                if let values = metadata[entry.name] { writer.metadata(of: entry.spelling, values) }
                if command.returns.myRights, let mailbox = entry.mailbox {
                    writer.myRights(of: entry.spelling, mailbox.rights.withObsoleteLetters)
                }
                if let items = command.returns.status, let info = entry.info, entry.mayRead {
                    let (owner, recent) = (entry.mailbox?.owner ?? login.entry.id, recent[entry.name] ?? 0)
                    writer.status(of: entry.spelling, statusValues(items, of: info, in: owner, recent: recent))
                }
            }
        }
        return .ok("That is all")
    }

    /// LIST-METADATA (RFC 9590): what was asked for, NIL where nothing is set.
    private func annotations(
        _ entries: [MailboxList.Entry], _ asked: [MetadataEntry], _ login: IMAPLogin
    ) async throws -> [MailboxName: [(entry: MetadataEntry, value: [UInt8]?)]] {
        guard !asked.isEmpty else { return [:] }
        noteMetadataUse()
        let user = login.entry.id
        var found: [MailboxName: [(entry: MetadataEntry, value: [UInt8]?)]] = [:]
        for (owner, mailboxes) in Dictionary(grouping: entries.compactMap(\.mailbox), by: \.owner) {
            let visible = mailboxes.filter { $0.rights.contains([.lookUp, .read]) }
            let stored = try await services.store.account(owner).read { reader in
                try visible.map { mailbox in
                    let uses = owner == user ? mailbox.info.specialUseEntries : []
                    return (mailbox.name, try reader.metadata(of: mailbox.info.id, for: user) + uses)
                }
            }
            for (name, values) in stored { found[name] = MetadataChoice(values, asked, MetadataOptions()).values }
        }
        return found
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

        let entries = try await mailboxList(command, login).lsub(command)

        send { writer in
            for entry in entries {
                let attributes: [ListReply.Attribute] = entry.isSubscribed ? [] : [.noSelect]
                writer.lsub(ListReply(mailbox: entry.spelling, separator: entry.separator, attributes: attributes))
            }
        }
        return .ok("That is all")
    }

    private func mailboxList(_ command: ListCommand, _ login: IMAPLogin) async throws -> MailboxList {
        let namespaces = services.settings.hiddenNamespaces
        let home = MailboxHome(account: login.account)
        let (own, subscriptions) = try await login.account.read { (try home.seen($0), try $0.subscriptions()) }
        var list = MailboxList(mailboxes: own, subscriptions: subscriptions, namespaces: namespaces)
        let access = try await services.store.directory.sharedAccess(of: login.entry.id)
        guard !access.owners.isEmpty, !list.hasOwn(OtherUsers.prefix) else { return list }
        // Nobody's database is opened for a list that cannot show it.
        for owner in access.owners {
            let root = OtherUsers.root(of: owner.login)
            let guest = try self.home(of: owner, access.viewer)
            let mailboxes =
                list.mayReach(below: root, command) ? try await guest.account.read { try guest.seen($0) } : []
            list.add(mailboxes, of: root)
        }
        return list
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
            attributes.append(entry.hasChildren ? .hasChildren : .hasNoChildren)
            if let role = info.role, role.specialUse != nil, entry.isOwn { attributes.append(.role(role)) }
        } else if entry.isRoot {
            attributes += [.noSelect, .hasChildren]
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

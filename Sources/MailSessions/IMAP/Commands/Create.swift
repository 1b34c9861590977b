import MailMessage
import MailStore
import MailWire

/// CREATE (RFC 9051 §6.3.4) with a special use (RFC 6154 §3).
extension IMAPSession {
    func create(_ command: CreateCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        let place = try await place(command.mailbox, login)
        let role = try role(command.useAttributes)
        if role != nil, !place.home.isOwn {
            throw IMAPFailure.no("A special use is the owner's to give", code: .useAttribute)
        }

        let made = try await place.home.account.write { transaction in
            let name = try place.name(transaction)
            if let role, try transaction.mailbox(role: role) != nil { throw StoreError.notPermitted(Self.roleTaken) }
            return try transaction.createMailbox(name, role: role).id
        }

        return .ok("Made", code: .mailboxID(ObjectIDs.mailbox(made, of: place.home.account.id)))
    }

    private static let roleTaken = "Another mailbox has this special use"

    private func role(_ attributes: [String]) throws -> MailboxRole? {
        guard let first = attributes.first else { return nil }
        guard attributes.count == 1, let role = MailboxRole(specialUse: first) else {
            throw IMAPFailure.no("This special use is not possible", code: .useAttribute)
        }
        return role
    }

    /// Where a new name goes, prefixes of hidden namespaces taken off; decided in the transaction.
    func place(_ mailbox: WireMailbox, _ login: IMAPLogin) async throws -> NewMailboxPlace {
        guard var text = mailbox.text else { throw IMAPFailure.no("The name is not well-formed", code: .cannot) }
        // Old clients begin by making the root of their own prefix: it is there.
        let hidden = services.settings.hiddenNamespaces.split(text)
        if let hidden, hidden.rest.isEmpty { throw IMAPFailure.no("This is there already", code: .alreadyExists) }
        // RFC 9051 §6.3.4: it only says that there will be names below.
        if mailbox.hasTrailingSeparator || text.last == hidden?.prefix.separator { text.removeLast() }
        let namespaces = services.settings.hiddenNamespaces
        let names = [MailboxName(text)].compactMap { $0 }
        guard let foreign = try await foreignName(among: names, login) else {
            let home = MailboxHome(account: login.account)
            return NewMailboxPlace(home: home, text: text, namespaces: namespaces)
        }
        guard let (owner, name) = OtherUsers.split(foreign), let home = try await home(of: owner, login) else {
            throw IMAPFailure.no("You may not make a mailbox there", code: .noPermission)
        }
        return NewMailboxPlace(home: home, text: name.text, namespaces: namespaces)
    }
}

struct NewMailboxPlace: Sendable {
    let home: MailboxHome
    let text: String
    let namespaces: HiddenNamespaces

    func name(_ reader: AccountReader) throws -> MailboxName {
        guard home.isOwn else { return try foreignName(reader) }
        let roots = Set(try reader.topNames(startingAs: text))
        guard let name = namespaces.place(for: text, exists: roots.contains) else {
            throw StoreError.notPermitted("A mailbox cannot have this name")
        }
        return name
    }

    /// RFC 4314 §4: the nearest mailbox above that exists has to allow it. Without that right nobody learns what is there.
    private func foreignName(_ reader: AccountReader) throws -> MailboxName {
        guard let name = MailboxName(text) else { throw StoreError.notPermitted("A mailbox cannot have this name") }
        var parent = name.parent
        while let current = parent {
            guard let id = try reader.mailboxID(current) else {
                parent = current.parent
                continue
            }
            guard try home.rights(on: id, reader).contains(.createBelow) else { throw StoreError.noRights }
            return name
        }
        throw StoreError.noRights
    }
}

extension AccountReader {
    /// The mailbox above all others in this path, if it exists.
    fileprivate func topNames(startingAs text: String) throws -> [MailboxName] {
        guard let root = MailboxName(text)?.components.first.flatMap({ MailboxName($0) }) else { return [] }
        return try mailboxID(root) == nil ? [] : [root]
    }
}

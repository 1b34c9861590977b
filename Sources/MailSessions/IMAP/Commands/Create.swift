import MailMessage
import MailStore
import MailWire

/// CREATE (RFC 9051 §6.3.4) with a special use (RFC 6154 §3).
extension IMAPSession {
    func create(_ command: CreateCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        let place = try place(command.mailbox)
        let role = try role(command.useAttributes)

        let made = try await login.account.write { transaction in
            let name = try place.name(transaction)
            if let role, try transaction.mailbox(role: role) != nil { throw StoreError.notPermitted(Self.roleTaken) }
            return try transaction.createMailbox(name, role: role).id
        }

        return .ok("Made", code: .mailboxID(ObjectIDs.mailbox(made, of: login.account.id)))
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
    func place(_ mailbox: WireMailbox) throws -> NewMailboxPlace {
        guard var text = mailbox.text else { throw IMAPFailure.no("The name is not well-formed", code: .cannot) }
        // Old clients begin by making the root of their own prefix: it is there.
        let hidden = services.settings.hiddenNamespaces.split(text)
        if let hidden, hidden.rest.isEmpty { throw IMAPFailure.no("This is there already", code: .alreadyExists) }
        // RFC 9051 §6.3.4: it only says that there will be names below.
        if mailbox.hasTrailingSeparator || text.last == hidden?.prefix.separator { text.removeLast() }
        return NewMailboxPlace(text: text, namespaces: services.settings.hiddenNamespaces)
    }
}

struct NewMailboxPlace: Sendable {
    let text: String
    let namespaces: HiddenNamespaces

    func name(_ reader: AccountReader) throws -> MailboxName {
        let roots = Set(try reader.topNames(startingAs: text))
        guard let name = namespaces.place(for: text, exists: roots.contains) else {
            throw StoreError.notPermitted("A mailbox cannot have this name")
        }
        return name
    }
}

extension AccountReader {
    /// The mailbox above all others in this path, if it exists.
    fileprivate func topNames(startingAs text: String) throws -> [MailboxName] {
        guard let root = MailboxName(text)?.components.first.flatMap({ MailboxName($0) }) else { return [] }
        return try mailboxID(root) == nil ? [] : [root]
    }
}

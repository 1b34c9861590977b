import MailMessage
import MailStore
import MailWire

/// SETACL and DELETEACL (RFC 4314 §3.1, §3.2).
extension IMAPSession {
    func setACL(_ command: SetACLCommand) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(command.mailbox, login)
        // Before anything is said about identifiers: who may not administer learns nothing of them.
        _ = try await target.account.read { try target.existing($0, needing: .administer) }
        let identifier = try await identifier(command.identifier, target)
        if identifier.isOwner {
            guard identifier.keeps(command) else { throw Self.ownerKeepsAll }
            return .ok("The owner has them all")
        }

        try await change(identifier, GrantMode(command.mode), command.rights, target, login)
        return .ok("Set")
    }

    func deleteACL(_ mailbox: WireMailbox, _ name: [UInt8]) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)
        _ = try await target.account.read { try target.existing($0, needing: .administer) }
        let identifier = try await identifier(name, target, orFormer: true)
        guard !identifier.isOwner else { throw Self.ownerKeepsAll }

        try await change(identifier, .replace, [], target, login)
        return .ok("Deleted")
    }

    private static let ownerKeepsAll = IMAPFailure.no("The owner keeps every right", code: .cannot)

    private func change(
        _ identifier: ACLIdentifier, _ mode: GrantMode, _ rights: MailboxRights, _ target: MailboxTarget,
        _ login: IMAPLogin
    ) async throws {
        let change = GrantChange(identifier.grantee, isNegative: identifier.isNegative, mode, rights)
        let actor = AuditActor(name: login.entry.address.description, tool: "imap")
        _ = try await services.store.share(target.account.id, by: actor, change) {
            try target.existing($0, needing: .administer)
        }
    }
}

extension GrantMode {
    fileprivate init(_ mode: SetACLCommand.Mode) {
        switch mode {
        case .replace: self = .replace
        case .add: self = .add
        case .remove: self = .remove
        }
    }
}

extension ACLIdentifier {
    /// Whether the owner has everything afterwards.
    fileprivate func keeps(_ command: SetACLCommand) -> Bool {
        switch command.mode {
        case .replace: !isNegative && command.rights == .all
        case .add: !isNegative || command.rights.isEmpty
        case .remove: isNegative || command.rights.isEmpty
        }
    }
}

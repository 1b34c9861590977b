import MailMessage
import MailStore
import MailWire

/// GETQUOTA and GETQUOTAROOT (RFC 9208 §4.1): one root per account, with the empty name for the session's own.
extension IMAPSession {
    func getQuota(_ root: [UInt8]) async throws -> IMAPReply {
        guard let home = try await home(ofQuotaRoot: root) else {
            throw IMAPFailure.no("There is no such quota root", code: .nonExistent)
        }
        try await sendQuota(of: home)
        return .ok("That is all")
    }

    func getQuotaRoot(_ mailbox: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)
        let info = try await target.account.read { try target.existing($0, needing: .read) }
        send { $0.quotaRoots(of: mailbox.text ?? info.name.text, [target.home.quotaRoot]) }
        try await sendQuota(of: target.home)
        return .ok("That is all")
    }

    /// Of others: only who may put something in, or read, somewhere in the account.
    private func home(ofQuotaRoot root: [UInt8]) async throws -> MailboxHome? {
        let login = try loggedIn()
        guard !root.isEmpty else { return MailboxHome(account: login.account) }
        guard let name = MailboxName(String(decoding: root, as: UTF8.self)), OtherUsers.owns(name),
            name.components.count == 2, let home = try await home(of: name.leaf, login), let guest = home.guest
        else { return nil }
        let isGuest = try await home.account.read { reader in
            try reader.rights(of: guest.viewer).values.contains { !$0.isDisjoint(with: [.read, .insert]) }
        }
        return isGuest ? home : nil
    }

    private func sendQuota(of home: MailboxHome) async throws {
        let limit = try await services.store.directory.limit(of: home.account.id)
        let usage = try await home.account.read { try $0.usage() }
        var resources: [QuotaResource] = []
        if let bytes = limit.bytes {
            // RFC 9208 §5.1: units of 1,024 octets.
            resources.append(
                QuotaResource(
                    name: "STORAGE", usage: UInt64(clamping: usage.bytes / 1_024),
                    limit: UInt64(clamping: bytes / 1_024)))
        }
        if let messages = limit.messages {
            resources.append(
                QuotaResource(
                    name: "MESSAGE", usage: UInt64(clamping: usage.messages), limit: UInt64(clamping: messages)))
        }
        send { $0.quota(root: home.quotaRoot, resources) }
    }
}

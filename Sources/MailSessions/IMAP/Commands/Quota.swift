import MailMessage
import MailStore
import MailWire

/// GETQUOTA and GETQUOTAROOT (RFC 9208 §4.1): one root per account, with the empty name.
extension IMAPSession {
    func getQuota(_ root: [UInt8]) async throws -> IMAPReply {
        guard root.isEmpty else { throw IMAPFailure.no("There is no such quota root", code: .nonExistent) }
        try await sendQuota()
        return .ok("That is all")
    }

    func getQuotaRoot(_ mailbox: WireMailbox) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)
        let info = try await target.account.read { try target.existing($0, needing: .read) }
        send { $0.quotaRoots(of: mailbox.text ?? info.name.text, [[]]) }
        try await sendQuota()
        return .ok("That is all")
    }

    private func sendQuota() async throws {
        let login = try loggedIn()
        let limit = try await services.store.directory.limit(of: login.entry.id)
        let usage = try await login.account.read { try $0.usage() }
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
        send { $0.quota(root: [], resources) }
    }
}

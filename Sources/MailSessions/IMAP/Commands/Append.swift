import MailMessage
import MailStore
import MailTransport
import MailWire

/// APPEND (RFC 9051 §6.3.12) of one message or several (MULTIAPPEND, RFC 3502): all are stored, or none.
extension IMAPSession {
    func append(_ command: AppendCommand, tag: String) async throws -> IMAPReply {
        let (target, limit) = try await refusingMessage {
            let target = try await self.target(command.mailbox, loggedIn(), code: .tryCreate)
            return (target, try await services.store.directory.limit(of: target.account.id))
        }

        let messages = try await takeMessages(command, AppendGoal(target: target, limit: limit))
        beginProgress(tag)
        let budget = messages.count > 1 ? changeBudget : nil
        let appended = try await target.account.write(limit: limit, within: budget) { transaction -> [Appended]? in
            guard let mailbox = try target.id(transaction, needing: .insert) else { return nil }
            let rights = try target.home.rights(on: mailbox, transaction)
            return try transaction.append(messages.map { $0.flagged(with: rights) }, to: mailbox)
        }

        guard let appended else { throw IMAPFailure.no("There is no such mailbox", code: .tryCreate) }
        return .ok("Stored", code: appended.code)
    }

    /// What fails before the message was wanted leaves it unread: it must not be taken for commands.
    func refusingMessage<T>(_ body: () async throws -> T) async throws -> T {
        do { return try await body() } catch {
            assembler.refuseMessage()
            throw error
        }
    }
}

extension [Appended] {
    /// RFC 4315 §3, RFC 3502 §6.1: in the order of the command.
    var code: ResponseCode? {
        first.map { .appendUID(validity: $0.uidValidity, UIDSet(lazy.map(\.uid))) }
    }
}

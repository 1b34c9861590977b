import MailMessage
import MailStore
import MailWire

/// STATUS (RFC 9051 §6.3.11; RFC 7162 §3.1.7; RFC 8438; RFC 7889; RFC 8474).
extension IMAPSession {
    func status(_ mailbox: WireMailbox, _ items: [StatusItem]) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)
        if items.contains(.highestModSeq) { features.insert(.condstore) }

        let (info, recent) = try await target.account.read { reader in
            let info = try target.existing(reader, needing: .read)
            return (info, items.contains(.recent) ? try reader.recentCount(in: info.id) : 0)
        }

        send {
            $0.status(
                of: mailbox.text ?? info.name.text, statusValues(items, of: info, in: target.account.id, recent: recent)
            )
        }
        return .ok("That is all")
    }

    /// Also for LIST-STATUS.
    func statusValues(
        _ items: [StatusItem], of info: MailboxInfo, in account: AccountID, recent: Int
    ) -> [(item: StatusItem, value: StatusValue)] {
        items.map { ($0, statusValue($0, of: info, in: account, recent: recent)) }
    }

    private func statusValue(
        _ item: StatusItem, of info: MailboxInfo, in account: AccountID, recent: Int
    ) -> StatusValue {
        switch item {
        case .messages: .number(UInt64(clamping: info.total))
        case .uidNext: .number(UInt64(info.uidNext.value))
        case .uidValidity: .number(UInt64(info.uidValidity))
        case .unseen: .number(UInt64(clamping: info.unseen))
        case .deleted: .number(UInt64(clamping: info.deleted))
        case .size: .number(UInt64(clamping: info.bytes))
        case .recent: .number(UInt64(clamping: recent))
        case .highestModSeq: .number(UInt64(clamping: info.highestModSeq.value))
        case .appendLimit: .number(UInt64(clamping: services.settings.messageLimit))
        case .mailboxID: .objectID(ObjectIDs.mailbox(info.id, of: account))
        }
    }
}

import MailMessage
import MailStore
import MailWire

/// STATUS (RFC 9051 §6.3.11; RFC 7162 §3.1.7; RFC 8438; RFC 7889).
extension IMAPSession {
    func status(_ mailbox: WireMailbox, _ items: [StatusItem]) async throws -> IMAPReply {
        let login = try loggedIn()
        let target = try await target(mailbox, login)
        if items.contains(.highestModSeq) { features.insert(.condstore) }

        let (info, recent) = try await target.account.read { reader in
            let info = try target.existing(reader, needing: .read)
            return (info, items.contains(.recent) ? try reader.recentCount(in: info.id) : 0)
        }

        send { $0.status(of: mailbox.text ?? info.name.text, statusValues(items, of: info, recent: recent)) }
        return .ok("That is all")
    }

    /// Also for LIST-STATUS.
    func statusValues(
        _ items: [StatusItem], of info: MailboxInfo, recent: Int
    ) -> [(item: StatusItem, value: UInt64?)] {
        items.map { ($0, statusValue($0, of: info, recent: recent)) }
    }

    private func statusValue(_ item: StatusItem, of info: MailboxInfo, recent: Int) -> UInt64 {
        switch item {
        case .messages: UInt64(clamping: info.total)
        case .uidNext: UInt64(info.uidNext.value)
        case .uidValidity: UInt64(info.uidValidity)
        case .unseen: UInt64(clamping: info.unseen)
        case .deleted: UInt64(clamping: info.deleted)
        case .size: UInt64(clamping: info.bytes)
        case .recent: UInt64(clamping: recent)
        case .highestModSeq: UInt64(clamping: info.highestModSeq.value)
        case .appendLimit: UInt64(clamping: services.settings.messageLimit)
        }
    }
}

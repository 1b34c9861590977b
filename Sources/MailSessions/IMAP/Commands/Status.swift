import MailMessage
import MailStore
import MailWire

/// STATUS (RFC 9051 §6.3.11; RFC 7162 §3.1.7; RFC 8438; RFC 7889).
extension IMAPSession {
    func status(_ mailbox: WireMailbox, _ items: [StatusItem]) async throws -> IMAPReply {
        let login = try loggedIn()
        let names = try candidates(mailbox)
        if items.contains(.highestModSeq) { features.insert(.condstore) }

        let info = try await login.account.read { try $0.existing(among: names) }

        send { $0.status(of: mailbox.text ?? info.name.text, statusValues(items, of: info)) }
        return .ok("That is all")
    }

    /// Also for LIST-STATUS.
    func statusValues(_ items: [StatusItem], of info: MailboxInfo) -> [(item: StatusItem, value: UInt64?)] {
        items.map { ($0, statusValue($0, of: info)) }
    }

    private func statusValue(_ item: StatusItem, of info: MailboxInfo) -> UInt64 {
        switch item {
        case .messages: UInt64(clamping: info.total)
        case .uidNext: UInt64(info.uidNext.value)
        case .uidValidity: UInt64(info.uidValidity)
        case .unseen: UInt64(clamping: info.unseen)
        case .deleted: UInt64(clamping: info.deleted)
        case .size: UInt64(clamping: info.bytes)
        case .recent: 0
        case .highestModSeq: UInt64(clamping: info.highestModSeq.value)
        case .appendLimit: UInt64(clamping: services.settings.messageLimit)
        }
    }
}

import MailMessage
import MailStore
import MailWire

/// CLOSE and UNSELECT (RFC 9051 §6.4.1, §6.4.2): back to the authenticated state, with or without expunging.
extension IMAPSession {
    func close() async throws -> IMAPReply {
        let (login, mailbox) = try selected()
        state = .authenticated(login)
        let id = mailbox.id
        if !mailbox.isReadOnly {
            // Deleted meanwhile by another session: then nothing is left to expunge.
            try await mailbox.door.write(needing: .expunge) {
                if try $0.mailbox(id) != nil { _ = try $0.expunge(in: id, nil) }
            }
        }
        return .ok("Closed")
    }

    func unselect() throws -> IMAPReply {
        state = .authenticated(try selected().login)
        return .ok("Closed")
    }
}

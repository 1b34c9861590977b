import MailMessage
import MailWire

/// Of the messages a command means, those that it may handle: the newest, where there are more (RFC 9738 §3.1).
struct HandledPart: Sendable, Equatable {
    let uids: UIDSet
    /// Nil when nothing is left out.
    let code: ResponseCode?

    /// `existing` has no UID that is not there; a limit of nil is none.
    init(_ existing: UIDSet, limit: Int?) {
        let count = existing.span
        guard let limit, count > limit else {
            self.init(handled: existing, limit: nil)
            return
        }
        self.init(handled: existing.members(count - limit..<count), limit: limit)
    }

    /// With the limit that left some out.
    init(handled uids: UIDSet, limit: Int?) {
        self.uids = uids
        code = limit.map { .messageLimit($0, lowest: uids.first) }
    }
}

extension IMAPSession {
    func handled(_ set: UIDSet, in mailbox: SelectedMailbox) -> HandledPart {
        guard let limit = services.settings.handledLimit, mailbox.view.uids.count(of: set) > limit else {
            return HandledPart(set, limit: nil)
        }
        return HandledPart(mailbox.view.uids.intersection(set), limit: limit)
    }

    /// For what is not done by halves: COPY (RFC 9051 §6.4.7), a page, an order of all that was found.
    func checkHandled(_ count: Int, atMost other: Int = .max) throws {
        let limit = min(services.settings.handledLimit ?? .max, other)
        guard count <= limit else { throw fewer(limit) }
    }

    func fewer(_ limit: Int) -> IMAPFailure {
        .no("Fewer messages at once", code: .messageLimit(limit, lowest: nil))
    }

    /// A tagged reply has room for one code: where it has one, that of the limit goes before (RFC 9738 §3.1).
    func reply(_ reply: IMAPReply, leavingOut code: ResponseCode?) -> IMAPReply {
        guard let code else { return reply }
        let text = "Not all of them; the rest in another command"
        guard reply.status == .ok, reply.code == nil else {
            send { $0.status(.no, code: code, text) }
            return reply
        }
        return .ok(text, code: code)
    }
}

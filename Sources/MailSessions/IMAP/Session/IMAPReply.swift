import MailWire

/// The tagged end of a command (RFC 9051 §7.1): what kind, an optional response code, a sentence.
struct IMAPReply: Sendable, Equatable {
    let status: IMAPStatus
    let code: ResponseCode?
    let text: String

    static func ok(_ text: String, code: ResponseCode? = nil) -> IMAPReply {
        .init(status: .ok, code: code, text: text)
    }
    static func no(_ text: String, code: ResponseCode? = nil) -> IMAPReply {
        .init(status: .no, code: code, text: text)
    }
    static func bad(_ text: String, code: ResponseCode? = nil) -> IMAPReply {
        .init(status: .bad, code: code, text: text)
    }

    static let someGone = no("Some of the messages no longer exist", code: .expungeIssued)
}

/// Why a command did not do what it should: the reply for the client, and the cause for the log alone.
struct IMAPFailure: Error, Sendable {
    let reply: IMAPReply
    var cause: String?
    /// Nothing sensible can follow: BYE with the reply's text, and close.
    var endsSession = false

    static func no(_ text: String, code: ResponseCode? = nil, cause: String? = nil) -> IMAPFailure {
        IMAPFailure(reply: .no(text, code: code), cause: cause)
    }
    static func bad(_ text: String, code: ResponseCode? = nil) -> IMAPFailure {
        IMAPFailure(reply: .bad(text, code: code))
    }
    static func bye(_ text: String, code: ResponseCode? = nil, cause: String? = nil) -> IMAPFailure {
        IMAPFailure(reply: .no(text, code: code), cause: cause, endsSession: true)
    }
}

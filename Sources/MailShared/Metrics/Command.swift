/// The commands that are counted and timed. What was no command is `bad`.
package enum MetricCommand: Sendable, Equatable {
    case smtp(SMTP)
    case imap(IMAP)
    case pop3(POP3)
    case http(HTTP)

    package enum SMTP: Int, CaseIterable, Sendable {
        case ehlo, helo, mail, rcpt, data, bdat, auth, starttls, rset, noop, help, vrfy, expn, quit, bad
    }

    package enum IMAP: Int, CaseIterable, Sendable {
        case capability, noop, logout, id, starttls, authenticate, login, enable, select, examine, create, delete
        case rename, subscribe, unsubscribe, list, lsub, namespace, status, append, idle, getquota, getquotaroot
        case setquota, setacl, deleteacl, getacl, listrights, myrights, check, close, unselect, expunge, search, sort
        case thread, cancelupdate, esearch, fetch, store, copy, move, uidbatches, replace, unauthenticate, compress,
            getmetadata
        case setmetadata, notify, bad
    }

    package enum POP3: Int, CaseIterable, Sendable {
        case capa, stls, user, pass, apop, auth, stat, list, uidl, retr, top, dele, rset, noop, quit, utf8, bad
    }

    package enum HTTP: Int, CaseIterable, Sendable { case get, head, post, options, bad }

    static let all: [MetricCommand] =
        SMTP.allCases.map { .smtp($0) } + IMAP.allCases.map { .imap($0) } + POP3.allCases.map { .pop3($0) }
        + HTTP.allCases.map { .http($0) }

    /// Its place in `all`.
    var index: Int {
        switch self {
        case .smtp(let verb): verb.rawValue
        case .imap(let verb): Self.imapStart + verb.rawValue
        case .pop3(let verb): Self.pop3Start + verb.rawValue
        case .http(let verb): Self.httpStart + verb.rawValue
        }
    }

    /// In lower case; `bad` is what was no command.
    package var verb: String {
        switch self {
        case .smtp(let verb): "\(verb)"
        case .imap(let verb): "\(verb)"
        case .pop3(let verb): "\(verb)"
        case .http(let verb): "\(verb)"
        }
    }

    private static let imapStart = SMTP.allCases.count
    private static let pop3Start = imapStart + IMAP.allCases.count
    private static let httpStart = pop3Start + POP3.allCases.count

    var series: MetricSeries {
        let (name, verb) =
            switch self {
            case .smtp(let verb): ("smtp", "\(verb)")
            case .imap(let verb): ("imap", "\(verb)")
            case .pop3(let verb): ("pop3", "\(verb)")
            case .http(let verb): ("http", "\(verb)")
            }
        return MetricSeries(
            .commandSeconds, [MetricLabel(name: "protocol", value: name), MetricLabel(name: "command", value: verb)])
    }
}

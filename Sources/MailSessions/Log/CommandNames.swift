import MailShared
import MailWire

/// Commands as the metrics name them.
extension SMTPCommand {
    var metric: MetricCommand {
        switch self {
        case .ehlo: .smtp(.ehlo)
        case .helo: .smtp(.helo)
        case .mail: .smtp(.mail)
        case .rcpt: .smtp(.rcpt)
        case .data: .smtp(.data)
        case .bdat: .smtp(.bdat)
        case .rset: .smtp(.rset)
        case .noop: .smtp(.noop)
        case .quit: .smtp(.quit)
        case .vrfy: .smtp(.vrfy)
        case .expn: .smtp(.expn)
        case .help: .smtp(.help)
        case .startTLS: .smtp(.starttls)
        case .auth: .smtp(.auth)
        }
    }
}

extension POP3Command {
    var metric: MetricCommand {
        switch self {
        case .user: .pop3(.user)
        case .pass: .pop3(.pass)
        case .apop: .pop3(.apop)
        case .auth: .pop3(.auth)
        case .stat: .pop3(.stat)
        case .list: .pop3(.list)
        case .uidl: .pop3(.uidl)
        case .retr: .pop3(.retr)
        case .top: .pop3(.top)
        case .dele: .pop3(.dele)
        case .noop: .pop3(.noop)
        case .rset: .pop3(.rset)
        case .quit: .pop3(.quit)
        case .capa: .pop3(.capa)
        case .stls: .pop3(.stls)
        case .utf8: .pop3(.utf8)
        }
    }
}

extension IMAPCommand.Body {
    var metric: MetricCommand {
        switch self {
        case .capability: .imap(.capability)
        case .noop: .imap(.noop)
        case .logout: .imap(.logout)
        case .id: .imap(.id)
        case .startTLS: .imap(.starttls)
        case .authenticate: .imap(.authenticate)
        case .login: .imap(.login)
        case .enable: .imap(.enable)
        case .select: .imap(.select)
        case .examine: .imap(.examine)
        case .create: .imap(.create)
        case .delete: .imap(.delete)
        case .rename: .imap(.rename)
        case .subscribe: .imap(.subscribe)
        case .unsubscribe: .imap(.unsubscribe)
        case .list: .imap(.list)
        case .lsub: .imap(.lsub)
        case .namespace: .imap(.namespace)
        case .status: .imap(.status)
        case .append: .imap(.append)
        case .idle: .imap(.idle)
        default: selectedMetric
        }
    }

    private var selectedMetric: MetricCommand {
        switch self {
        case .getQuota: .imap(.getquota)
        case .getQuotaRoot: .imap(.getquotaroot)
        case .setQuota: .imap(.setquota)
        case .getMetadata: .imap(.getmetadata)
        case .setMetadata: .imap(.setmetadata)
        case .setACL: .imap(.setacl)
        case .deleteACL: .imap(.deleteacl)
        case .getACL: .imap(.getacl)
        case .listRights: .imap(.listrights)
        case .myRights: .imap(.myrights)
        case .check: .imap(.check)
        case .close: .imap(.close)
        case .unselect: .imap(.unselect)
        case .expunge, .uidExpunge: .imap(.expunge)
        case .uidBatches: .imap(.uidbatches)
        case .search: .imap(.search)
        case .sort: .imap(.sort)
        case .thread: .imap(.thread)
        case .multiSearch: .imap(.esearch)
        case .notify: .imap(.notify)
        case .cancelUpdate: .imap(.cancelupdate)
        case .fetch: .imap(.fetch)
        case .store: .imap(.store)
        case .copy: .imap(.copy)
        case .move: .imap(.move)
        case .replace: .imap(.replace)
        case .unauthenticate: .imap(.unauthenticate)
        case .compress: .imap(.compress)
        default: .imap(.bad)
        }
    }
}

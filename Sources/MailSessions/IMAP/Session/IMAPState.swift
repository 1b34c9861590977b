import MailIdentity
import MailMessage
import MailStore
import MailWire

/// Where the conversation stands (RFC 9051 §3); each state owns what exists only in it.
enum IMAPState {
    case notAuthenticated
    case authenticated(IMAPLogin)
    case selected(IMAPLogin, SelectedMailbox)
    case logout

    var kind: Kinds {
        switch self {
        case .notAuthenticated: .notAuthenticated
        case .authenticated: .authenticated
        case .selected: .selected
        case .logout: []
        }
    }

    struct Kinds: OptionSet, Sendable, Equatable {
        let rawValue: UInt8
        static let notAuthenticated = Kinds(rawValue: 1)
        static let authenticated = Kinds(rawValue: 2)
        static let selected = Kinds(rawValue: 4)
        static let loggedIn: Kinds = [.authenticated, .selected]
        static let any: Kinds = [.notAuthenticated, .authenticated, .selected]
    }
}

/// Who is logged in, and the door to the mail.
struct IMAPLogin: Sendable {
    let entry: AccountEntry
    let account: Account
    let watch: AccountWatch
}

/// The mailbox of the selected state. A class owned by the session's actor: its view changes in place.
final class SelectedMailbox {
    let door: MailboxDoor
    /// Of the account the mailbox lives in.
    let watch: AccountWatch
    /// What the client has been told it may do.
    var rights: MailboxRights
    let isReadOnly: Bool
    let uidValidity: UInt32
    var view: MailboxView
    /// The result of SEARCH RETURN (SAVE), for `$` (RFC 5182). A UID that has gone simply matches nothing.
    var saved = UIDSet()
    /// Searches the client follows (RFC 5267).
    var contexts: [SearchContext] = []
    /// What this session was the first to be told of (RFC 3501 §2.3.2); may name messages that have gone.
    var recent = UIDSet()
    /// The keywords the client has been told of.
    var keywords: KeywordTable

    var id: MailboxID { door.id }

    /// Which flags it may change for good; none in a mailbox that is open for reading.
    var permanent: MailboxRights { isReadOnly ? [] : rights }

    init(
        door: MailboxDoor, watch: AccountWatch, rights: MailboxRights, isReadOnly: Bool, uidValidity: UInt32,
        view: MailboxView, keywords: KeywordTable
    ) {
        self.door = door
        self.watch = watch
        self.rights = rights
        self.isReadOnly = isReadOnly
        self.uidValidity = uidValidity
        self.view = view
        self.keywords = keywords
    }
}

/// What a client has switched on with ENABLE or by using it.
struct IMAPFeatures: OptionSet, Sendable, Equatable {
    let rawValue: UInt8
    /// MODSEQ in every FETCH response (RFC 7162 §3.1).
    static let condstore = IMAPFeatures(rawValue: 1)
    /// UTF-8 names, ESEARCH for SEARCH, no RECENT (RFC 9051 §6.3.1).
    static let rev2 = IMAPFeatures(rawValue: 2)
    /// VANISHED for EXPUNGE, and what hangs on it (RFC 7162 §3.2.3).
    static let qresync = IMAPFeatures(rawValue: 4)
    /// No sequence numbers in either direction (RFC 9586).
    static let uidOnly = IMAPFeatures(rawValue: 8)
    /// UTF-8 in quoted strings, mailbox names among them (RFC 9755 §3); IMAP4rev2 has it too.
    static let utf8 = IMAPFeatures(rawValue: 16)
    /// Notices of changed annotations (RFC 5464 §4.4.2).
    static let metadata = IMAPFeatures(rawValue: 64)
}

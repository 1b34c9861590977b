package import MailMessage

/// Everything that can go wrong at the store's door. Sessions map it to a reply; the log takes `description`.
package enum StoreError: Error, Sendable, Equatable {
    case noSuchAccount
    case noSuchMailbox(MailboxName?)
    case mailboxExists(MailboxName)
    case mailboxHasChildren
    case notPermitted(String)
    case noSuchMessage
    /// Somebody else's mailbox, which may be known but not used in this way.
    case noRights
    /// Somebody else's mailbox, which may no longer be read.
    case noLongerShared
    case overQuota(OverQuota)
    /// More than the pool of an organisation would be granted.
    case overPool(String)
    case tooManyKeywords
    case tooMuchMetadata
    case invalid(String)
    case exists(String)
    case notFound(String)
    /// Another process held the database for longer than the busy handler waits.
    case busy
    case diskFull
    /// A read took longer than its `TimeBudget`; nothing was changed.
    case outOfTime
    case inputOutput(String)
    case damaged(file: String, detail: String)
    case newerSchema(file: String, found: Int, known: Int)
    case closed
    /// Whoever asked wants no more of it; nothing is left half done.
    case stopped
}

/// Why a message does not fit: now (tidy up and try again), or never.
package enum OverQuota: Sendable, Equatable {
    case full
    case tooLargeForAccount
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noSuchAccount: "no such account"
        case .noSuchMailbox(let name): "no such mailbox\(name.map { ": \($0)" } ?? "")"
        case .mailboxExists(let name): "mailbox exists: \(name)"
        case .mailboxHasChildren: "mailbox has children"
        case .notPermitted(let what): "not permitted: \(what)"
        case .noSuchMessage: "no such message"
        case .noRights: "no right to do this to somebody else's mailbox"
        case .noLongerShared: "the mailbox is no longer shared"
        case .overQuota(.full): "the account is full"
        case .overQuota(.tooLargeForAccount): "the message is larger than the account's limit"
        case .overPool(let what): "over the pool: \(what)"
        case .tooManyKeywords: "the account has no room for another keyword"
        case .tooMuchMetadata: "the account has no room for more annotations"
        case .invalid(let what): "invalid: \(what)"
        case .exists(let what): "exists already: \(what)"
        case .notFound(let what): "not found: \(what)"
        case .busy: "the database is busy"
        case .outOfTime: "the time for this is used up"
        case .diskFull: "no space left on the disk"
        case .inputOutput(let detail): "input/output error: \(detail)"
        case .damaged(let file, let detail):
            "damaged database \(file): \(detail)\(remedy.map { "; to repair it: \($0)" } ?? "")"
        case .newerSchema(let file, let found, let known):
            "\(file) was written by a newer version (schema \(found), this version knows \(known)); nothing was changed"
        case .closed: "the store is closed"
        case .stopped: "stopped"
        }
    }
}

extension StoreError {
    /// What a closure threw, as this module's error; anything foreign becomes `invalid` with its text.
    package init(wrapping error: any Error) {
        self = (error as? StoreError) ?? .invalid(String(describing: error))
    }
}

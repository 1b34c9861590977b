import MailStore
import MailWire

/// The one place where the store's errors become IMAP's (RFC 5530). Nothing of the inside reaches the client.
extension IMAPFailure {
    init(_ error: StoreError) {
        switch error {
        // Named by its id: it is the selected one, and another session has deleted it.
        case .noSuchMailbox(nil): self = .bye("The selected mailbox has been deleted", code: .nonExistent)
        case .noSuchMailbox: self = .no("There is no such mailbox", code: .nonExistent)
        case .mailboxExists: self = .no("A mailbox of that name exists already", code: .alreadyExists)
        case .mailboxHasChildren: self = .no("The mailbox has others below it: delete those first", code: .hasChildren)
        case .notPermitted(let what): self = .no(what, code: .cannot)
        case .noSuchMessage: self = .no("The message is no longer there", code: .expungeIssued)
        case .noRights: self = .no("You may not do this to this mailbox", code: .noPermission)
        // RFC 4314 §5.1.1: clients understand BYE better than a NO to everything.
        case .noLongerShared: self = .bye("The selected mailbox is no longer shared with you", code: .noPermission)
        case .overQuota(.full): self = .no("The account is full: delete something or ask for more", code: .overQuota)
        case .overQuota: self = .no("The message is larger than the whole account may be", code: .overQuota)
        case .tooManyKeywords: self = .no("The account has no room for another keyword", code: .limit)
        case .tooMuchMetadata: self = .no("The account has no room for more annotations", code: .metadataTooMany)
        case .busy: self = .no("The account is busy: try again", code: .inUse, cause: "\(error)")
        case .outOfTime: self = .no("This takes too long: ask for less at once", code: .limit)
        case .diskFull:
            self = .no("The server has no room left: try again later", code: .unavailable, cause: "\(error)")
        case .inputOutput: self = .no("The mail cannot be read: try again later", code: .unavailable, cause: "\(error)")
        case .damaged, .newerSchema:
            // RFC 5530 §3 UNAVAILABLE: the login was right, and the client need not ask for the password again.
            let text = "The mail of this account cannot be read now: ask your administrator to check it"
            self = .no(text, code: .unavailable, cause: "\(error)")
        default: self.init(fatal: error)
        }
    }

    /// After these nothing can be done for this account in this session.
    private init(fatal error: StoreError) {
        switch error {
        case .noSuchAccount: self = .bye("The account is gone", code: .unavailable, cause: "\(error)")
        case .closed: self = .bye("The server is stopping", code: .unavailable, cause: "\(error)")
        default: self = .no("That did not work: tell the administrator", code: .serverBug, cause: "\(error)")
        }
    }
}

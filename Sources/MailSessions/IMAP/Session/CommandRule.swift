import MailWire

/// What holds for a command besides what it does: one row per command.
struct CommandRule: Sendable, Equatable {
    /// The states in which it may be given (RFC 9051 §6).
    let states: IMAPState.Kinds
    /// Its sequence numbers must stay as they are until it is over (RFC 9051 §7.5.1).
    var holdsNumbers = false
    /// Whether news of the selected mailbox is told at its end.
    var tellsNews = true
}

extension IMAPCommand.Body {
    var rule: CommandRule {
        switch self {
        case .capability, .noop, .id: CommandRule(states: .any)
        case .logout: CommandRule(states: .any, tellsNews: false)
        case .startTLS, .authenticate, .login: CommandRule(states: .notAuthenticated, tellsNews: false)
        case .enable, .create, .delete, .rename, .subscribe, .unsubscribe: CommandRule(states: .loggedIn)
        case .list, .lsub, .namespace, .status, .append, .idle: CommandRule(states: .loggedIn)
        case .getQuota, .getQuotaRoot, .setQuota, .getMetadata, .setMetadata: CommandRule(states: .loggedIn)
        case .setACL, .deleteACL, .getACL, .listRights, .myRights: CommandRule(states: .loggedIn)
        case .select, .examine: CommandRule(states: .loggedIn, tellsNews: false)
        case .close, .unselect: CommandRule(states: .selected, tellsNews: false)
        case .unauthenticate, .compress: CommandRule(states: .loggedIn, tellsNews: false)
        case .check, .expunge, .uidExpunge, .uidBatches, .copy, .move, .replace: CommandRule(states: .selected)
        case .search(let command): CommandRule(states: .selected, holdsNumbers: !command.uid)
        case .multiSearch, .notify: CommandRule(states: .loggedIn)
        case .cancelUpdate: CommandRule(states: .selected)
        case .sort(let command): CommandRule(states: .selected, holdsNumbers: !command.search.uid)
        case .thread(let command): CommandRule(states: .selected, holdsNumbers: !command.search.uid)
        case .fetch(let command): CommandRule(states: .selected, holdsNumbers: !command.uid)
        case .store(let command): CommandRule(states: .selected, holdsNumbers: !command.uid)
        }
    }
}

extension IMAPCommand.Body {
    /// Whether it names messages by numbers, or is answered in numbers: not after ENABLE UIDONLY (RFC 9586 §3).
    var namesNumbers: Bool {
        switch self {
        case .fetch(let command): !command.uid
        case .store(let command): !command.uid
        case .copy(let command), .move(let command): !command.uid
        case .replace(let command): !command.uid
        case .search(let command): !command.uid || command.key.namesNumbers
        case .sort(let command): !command.search.uid || command.search.key.namesNumbers
        case .thread(let command): !command.search.uid || command.search.key.namesNumbers
        case .select(let command), .examine(let command): command.qresync?.match != nil
        default: false
        }
    }
}

extension IMAPCommand.Body {
    /// What may take longer than a client likes to wait in silence. FETCH answers as it goes; APPEND and REPLACE say it
    /// themselves once the message has come.
    var tellsProgress: Bool {
        switch self {
        case .search, .multiSearch, .sort, .thread, .store, .copy, .move, .expunge, .uidExpunge, .close: true
        case .rename, .delete: true
        default: false
        }
    }
}

extension SearchKey {
    var namesNumbers: Bool {
        switch self {
        case .sequence(.ranges): true
        case .and(let keys), .or(let keys): keys.contains(where: \.namesNumbers)
        case .not(let key), .fuzzy(let key): key.namesNumbers
        default: false
        }
    }
}

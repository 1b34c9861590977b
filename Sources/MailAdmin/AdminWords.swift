package import MailStore

extension AdminError {
    /// One line for people.
    package var words: String {
        switch self {
        case .noSuch(let kind, let name, let near):
            "no \(kind) \"\(name)\"" + (near.map { " (did you mean \($0)?)" } ?? "")
        case .exists(let what): "\(what) exists"
        case .wrongData(let what), .unavailable(let what): what
        case .notRunning: "no server runs on this store"
        case .file(let path, let code):
            "\(path == "-" ? "standard input" : path): \(SystemWords.text(code))"
        case .store(let error): error.words
        }
    }
}

extension StoreError {
    /// For an administrator, where `description` is for the log.
    package var words: String {
        switch self {
        case .notFound(let what): "no \(what)"
        case .exists(let what): "\(what) exists"
        case .invalid(let what), .notPermitted(let what), .overPool(let what): what
        case .noSuchMailbox(let name): "no mailbox" + (name.map { " \"\($0)\"" } ?? "")
        case .mailboxExists(let name): "mailbox \"\(name)\" exists"
        case .damaged(let file, let detail): "damaged database \(file): \(detail)"
        default: description
        }
    }
}

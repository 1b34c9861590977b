import MailMessage

@testable import MailStore

func indexedOptions() -> MailStore.Options {
    var options = MailStore.Options()
    options.searchIndex = true
    return options
}

func mail(_ subject: String, _ text: String) -> StorableMessage {
    StorableMessage(Array("Subject: \(subject)\r\n\r\n\(text)\r\n".utf8))
}

extension Account {
    func found(_ text: String, _ scope: IndexQuery.Scope = .body, in mailbox: String = "INBOX") async throws
        -> UIDSet?
    {
        let id = try await read { try $0.id(mailbox) }
        return try await candidates(.text(CaseFolding.fold(text), scope), in: id)
    }

    func fill() async throws {
        while true {
            let progress = try await index(IndexStep(messages: 2, bytes: 1 << 20))
            if progress == .complete { return }
        }
    }
}

/// An account of three messages that are all in its index.
func withIndexed(_ body: (MailStore, Account) async throws -> Void) async throws {
    try await withStore(options: indexedOptions()) { store, _ in
        let account = try store.account(AccountID(1))
        for (subject, text) in [("one", "zebra crossing"), ("zebra", "nothing"), ("three", "a wild ZEBRA")] {
            try await account.append(mail(subject, text))
        }
        try await account.fill()
        try await body(store, account)
    }
}

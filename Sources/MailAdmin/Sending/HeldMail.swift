package import MailStore

extension Administration {
    /// What is held because an account went beyond a limit, whatever sender it names; the oldest first. What an operator or a
    /// filter holds is not in it.
    package func heldMail(of entry: AccountEntry, limit: Int) async throws(AdminError) -> [QueueLine] {
        var filter = QueueFilter()
        (filter.submitter, filter.state, filter.reason) = (entry.id, .held, SendingExcess.words)
        return try await queueLines(filter, limit: limit)
    }

    /// Lets one such message go. How many copies of it; 0: it is none of the account's.
    package func releaseHeld(_ id: QueueID, of entry: AccountEntry) async throws(AdminError) -> Int {
        try await changing("queue release", id, .released(by: actor.name)) {
            $0.submitter == entry.id && $0.isHeldByLimit
        } by: {
            try await $0.release(id, of: entry.id, heldFor: SendingExcess.words)
        }
    }
}

extension QueueLine {
    /// It waits for somebody to say that it is all right.
    package var isHeldByLimit: Bool { isHeld && lastError.hasPrefix(SendingExcess.words) }
}

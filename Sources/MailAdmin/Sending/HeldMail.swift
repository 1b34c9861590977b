import MailMessage
package import MailStore

extension Administration {
    /// What is held because an account went beyond a limit, the oldest first. What an operator or a filter holds is not in it.
    package func heldMail(of entry: AccountEntry, limit: Int) async throws(AdminError) -> [QueueLine] {
        let names = Set(([entry.address] + (try await aliases(of: entry))).map { $0.description.lowercased() })
        var filter = QueueFilter()
        filter.state = .held
        var (found, place): ([QueueLine], QueuePlace) = ([], .start)
        while found.count < limit {
            let lines = try await queueLines(filter, after: place)
            found += lines.filter { $0.isHeldByLimit && names.contains($0.sender.lowercased()) }
            guard lines.count == Self.queuePage, let last = lines.last else { break }
            place = last.place
        }
        return Array(found.prefix(limit))
    }

    /// Lets one such message go. How many copies of it; 0: it is none of the account's.
    package func releaseHeld(_ id: QueueID, of entry: AccountEntry) async throws(AdminError) -> Int {
        let names = Set(([entry.address] + (try await aliases(of: entry))).map { $0.description.lowercased() })
        var filter = QueueFilter()
        (filter.entry, filter.state) = (id, .held)
        let lines = try await queueLines(filter)
        guard !lines.isEmpty, lines.allSatisfy({ $0.isHeldByLimit && names.contains($0.sender.lowercased()) }) else {
            return 0
        }
        return try await releaseQueue(id)
    }
}

extension QueueLine {
    /// It waits for somebody to say that it is all right.
    package var isHeldByLimit: Bool { isHeld && lastError.hasPrefix(SendingExcess.words) }
}

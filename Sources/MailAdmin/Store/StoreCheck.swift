import MailMessage
package import MailStore

/// One thing that is wrong with one file of the store.
package struct StoreFinding: Sendable, Equatable {
    /// Nil: the file belongs to nobody's mail alone.
    package let account: AccountEntry?
    package let file: String
    package let problem: String
    /// What a repair did about it, or why it could not; empty without one.
    package let action: String
}

extension Administration {
    /// Further problems of one account are counted, not told.
    static let problemsTold = 10

    /// Everybody who has mail here, removed accounts included.
    package func accountsWithMail() async throws(AdminError) -> [AccountEntry] {
        try await accounts(matching: AccountFilter()) + accounts(matching: AccountFilter(status: .removed))
    }

    /// By address, login or alias, or by the id that log lines and folders name.
    package func accountOrID(_ name: String) async throws(AdminError) -> AccountEntry {
        guard let id = Int64(name).map({ AccountID($0) }), let byID = try await reading({ try $0.account(id) }) else {
            return try await account(name)
        }
        if let named = try? await account(name), named.id != id {
            throw .wrongData("\(name) is the id of \(byID.address) and a login of \(named.address): give the address")
        }
        return byID
    }

    /// A database that is no account's. What keeps it from being looked at is told as what is wrong with it.
    package func check(database name: String, repairs: Bool) -> [StoreFinding] {
        let file = store.databasePath(named: name)
        let way =
            MailStore.passingDatabases.contains(name) ? "delete it with the server stopped" : "restore from a backup"
        let action = repairs ? "not repaired: \(way)" : ""
        do throws(StoreError) {
            return told(try store.check(database: name), of: nil, file, action)
        } catch {
            return [StoreFinding(account: nil, file: file, problem: Self.problem(error), action: action)]
        }
    }

    /// Compares an account's database with itself and with the files it names; with `repairs`, builds a damaged one anew. One
    /// that cannot be looked at now is a finding too: the others still can.
    package func check(_ entry: AccountEntry, repairs: Bool) async -> [StoreFinding] {
        let file = store.databasePath(of: entry.id)
        let problems: [String]
        do throws(StoreError) {
            problems = try await store.check(account: entry.id) ?? []
        } catch {
            let problem = Self.problem(error)
            guard error.isDamage else {
                return [StoreFinding(account: entry, file: file, problem: problem, action: "")]
            }
            problems = [problem]
        }
        guard !problems.isEmpty else { return await checkIndex(entry, repairs: repairs) }
        return told(problems, of: entry, file, repairs ? await repair(entry) : "")
    }

    private func told(_ problems: [String], of entry: AccountEntry?, _ file: String, _ action: String) -> [StoreFinding]
    {
        var words = Array(problems.prefix(Self.problemsTold))
        if problems.count > words.count { words.append("and \(problems.count - words.count) more") }
        return words.map { StoreFinding(account: entry, file: file, problem: $0, action: action) }
    }

    /// A damaged index is given up with `repairs`; mail-serve, and mailctl store index, make it anew.
    private func checkIndex(_ entry: AccountEntry, repairs: Bool) async -> [StoreFinding] {
        do {
            guard let (file, problems) = try await store.checkIndex(of: entry.id), let problem = problems.first else {
                return []
            }
            if repairs { try await store.dropIndex(of: entry.id) }
            return [StoreFinding(account: entry, file: file, problem: problem, action: repairs ? "given up" : "")]
        } catch {
            let (file, words) = (store.databasePath(of: entry.id), Self.problem(StoreError(wrapping: error)))
            return [StoreFinding(account: entry, file: file, problem: "search index: \(words)", action: "")]
        }
    }

    private static func problem(_ error: StoreError) -> String {
        switch error {
        case .damaged(_, let detail), .inputOutput(let detail): detail
        case .newerSchema: error.description
        default: "not checked: \(error.words)"
        }
    }

    private func repair(_ entry: AccountEntry) async -> String {
        do {
            let report = try await store.repair(account: entry.id)
            var words = "repaired: \(report.messages) messages"
            if report.recovered > 0 { words += ", \(report.recovered) of them in Recovered" }
            if report.lost > 0 { words += ", \(report.lost) lost" }
            return words + (report.keptAside.map { "; the damaged one is \($0)" } ?? "")
        } catch {
            return "not repaired: \(error)"
        }
    }
}

extension StoreError {
    /// Something that a repair may mend.
    fileprivate var isDamage: Bool {
        switch self {
        case .damaged, .inputOutput, .newerSchema: true
        default: false
        }
    }
}

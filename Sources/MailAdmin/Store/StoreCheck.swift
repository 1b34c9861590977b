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

    package func checkDirectory() async throws(AdminError) -> [StoreFinding] {
        do {
            return try await directory.check().map {
                StoreFinding(account: nil, file: store.path + "/directory.db", problem: $0, action: "")
            }
        } catch { throw .store(error) }
    }

    /// Compares an account's database with itself and with the files it names; with `repairs`, builds a damaged one anew.
    package func check(_ entry: AccountEntry, repairs: Bool) async throws(AdminError) -> [StoreFinding] {
        let file = store.databasePath(of: entry.id)
        let problems: [String]
        do {
            problems = try await store.check(account: entry.id) ?? []
        } catch {
            guard let problem = Self.damage(error) else { throw .store(error) }
            problems = [problem]
        }
        guard !problems.isEmpty else { return try await checkIndex(entry, repairs: repairs) }
        let action = repairs ? await repair(entry) : ""
        var told = problems.prefix(Self.problemsTold).map {
            StoreFinding(account: entry, file: file, problem: $0, action: action)
        }
        if problems.count > told.count {
            let rest = "and \(problems.count - told.count) more"
            told.append(StoreFinding(account: entry, file: file, problem: rest, action: action))
        }
        return told
    }

    /// A damaged index is given up with `repairs`; mail-serve, and mailctl store index, make it anew.
    private func checkIndex(_ entry: AccountEntry, repairs: Bool) async throws(AdminError) -> [StoreFinding] {
        do {
            guard let (file, problems) = try await store.checkIndex(of: entry.id), let problem = problems.first else {
                return []
            }
            if repairs { try await store.dropIndex(of: entry.id) }
            return [StoreFinding(account: entry, file: file, problem: problem, action: repairs ? "given up" : "")]
        } catch { throw .store(error) }
    }

    private static func damage(_ error: StoreError) -> String? {
        switch error {
        case .damaged(_, let detail), .inputOutput(let detail): detail
        case .newerSchema: error.description
        default: nil
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

import MailMessage
package import MailStore

extension Administration {
    /// Of names under which an owner may log in; the server is asked about so many.
    private static let namesAsked = 20

    /// What stands against an account's names; nobody's: the first is all places together. The server has to run.
    package func loginFailures(of entry: AccountEntry) async throws(AdminError) -> [LoginFailures] {
        let (names, path) = (try await loginNames(of: entry), store.path)
        let found: [LoginFailures]?
        do { found = try await store.threads.run { try PresenceCall(store: path).failures(names) } } catch {
            throw .store(error)
        }
        guard let found else { throw .notRunning }
        return found
    }

    /// Whoever knows the password can log in at once, also from where it was guessed. Addresses that are kept out for other
    /// reasons stay out.
    package func unlock(_ entry: AccountEntry) async throws(AdminError) -> Outcome {
        let (names, path) = (try await loginNames(of: entry), store.path)
        _ = try await loginFailures(of: entry)  // a server has to be there before the line is
        try await writing { try $0.note("account unlock", "account \(entry.id)") }
        let isDone: Bool
        do { isDone = try await store.threads.run { try PresenceCall(store: path).unlock(names) } } catch {
            throw .store(error)
        }
        guard isDone else { throw .notRunning }
        return .changed
    }

    /// Without those that lead elsewhere: the short name of an alias may be somebody else's login.
    func loginNames(of entry: AccountEntry) async throws(AdminError) -> [String] {
        let addresses = [entry.address] + (try await aliases(of: entry))
        let isSoleDomain = try await domainNames().count == 1
        let names = [entry.login.text] + addresses.map(\.description) + (isSoleDomain ? addresses.map(\.local) : [])
        var seen: Set<String> = []
        let several = names.map { $0.lowercased() }.filter { seen.insert($0).inserted }
        return try await reading { reader in
            Array(try several.filter { try reader.account(login: $0)?.id == entry.id }.prefix(Self.namesAsked))
        }
    }
}

package import MailStore

extension Administration {
    /// How many messages an account's index lacks.
    package func missingInIndex(_ entry: AccountEntry, rebuilding: Bool) async throws(AdminError) -> Int {
        do { return try await store.missingInIndex(of: entry.id, rebuilding: rebuilding) } catch { throw .store(error) }
    }

    /// Nil when nobody has used the account yet.
    package func fillIndex(
        _ entry: AccountEntry, rebuilding: Bool, progress: (Int) -> Void
    ) async throws(AdminError) -> IndexReport? {
        do { return try await store.fillIndex(of: entry.id, rebuilding: rebuilding, progress: progress) } catch {
            throw .store(error)
        }
    }
}

import MailMessage
package import MailStore

extension Administration {
    /// Of an account, or of all; the server has to run.
    package func sessions(of entry: AccountEntry?) async throws(AdminError) -> [OpenSession] {
        let path = store.path
        let all: [OpenSession]?
        do { all = try await store.threads.run { try PresenceCall(store: path).sessions() } } catch {
            throw .store(error)
        }
        guard let all else { throw .notRunning }
        return all.filter { session in entry.map { $0.id == session.account } ?? true }
            .sorted { ($0.address, $0.since, $0.id) < ($1.address, $1.since, $1.id) }
    }

    /// How many will end, each at its next wait for a command.
    package func closeSessions(_ choice: SessionChoice) async throws(AdminError) -> Int {
        let path = store.path
        let count: Int?
        do { count = try await store.threads.run { try PresenceCall(store: path).close(choice) } } catch {
            throw .store(error)
        }
        guard let count else { throw .notRunning }
        return count
    }
}

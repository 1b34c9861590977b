import MailMessage
package import MailStore

/// A store in numbers, as the directory knows them.
package struct StoreStatistics: Sendable, Equatable {
    package var store = ""
    package var isTestStore = false
    package var domains = 0
    package var aliases = 0
    package var statuses: [AccountStatus: Int] = [:]
    package var messages: Int64 = 0
    package var bytes: Int64 = 0
    /// Messages on their way.
    package var queued = 0
}

extension Administration {
    package func statistics() async throws(AdminError) -> StoreStatistics {
        var result = StoreStatistics()
        (result.store, result.isTestStore) = (store.path, store.isTestStore)
        result.domains = try await domains().count
        result.aliases = try await aliases().count
        for entry in try await accountsWithMail() {
            result.statuses[entry.status, default: 0] += 1
            result.messages += entry.hints.messageCount
            result.bytes += entry.hints.bytesUsed
        }
        do { result.queued = try await store.queue.summary().entries } catch { throw .store(error) }
        return result
    }
}

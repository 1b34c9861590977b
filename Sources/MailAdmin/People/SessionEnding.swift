import MailMessage
package import MailStore

/// Ending sessions so that the audit trail knows of it.
extension Administration {
    /// How many will end. Of an account: its browsers too, and those first, for they need no worker that answers.
    package func endSessions(_ choice: SessionChoice) async throws(AdminError) -> Int {
        var count = 0
        if case .account(let id) = choice { count += try await endBrowsers(of: id) }
        do { count += try await closeSessions(choice) } catch {
            if count > 0 { try await noteEnd(choice.object, "\(count)") }
            throw error
        }
        if count > 0 { try await noteEnd(choice.object, "\(count)") }
        return count
    }

    /// False when it is not one of the account's.
    package func endSession(_ id: String, of entry: AccountEntry) async throws(AdminError) -> Bool {
        guard let session = try await sessions(of: entry).first(where: { $0.id == id }) else { return false }
        _ = try await closeSessions(.session(id))
        try await noteEnd("account \(entry.id)", "\(session.service) from \(session.peer)")
        return true
    }

    package func endSession(_ id: WebSessionID, of entry: AccountEntry) async throws(AdminError) -> Bool {
        do { guard try await store.web.sessions.end(id, of: entry.id) else { return false } } catch {
            throw .store(error)
        }
        try await noteEnd("account \(entry.id)", "a browser")
        return true
    }

    private func endBrowsers(of id: AccountID) async throws(AdminError) -> Int {
        guard store.web.exists else { return 0 }
        do { return try await store.web.sessions.endAll(of: id) } catch { throw .store(error) }
    }

    private func noteEnd(_ object: String, _ what: String) async throws(AdminError) {
        try await writing { try $0.note("session close", object, after: what) }
    }
}

extension SessionChoice {
    fileprivate var object: String {
        switch self {
        case .all: "sessions"
        case .account(let id): "account \(id)"
        case .session(let id): "session \(id)"
        }
    }
}

package import MailMessage
package import MailStore

/// What an administrator does to a store: the verbs behind `mailctl`, and later behind the portal.
package struct Administration: Sendable {
    package let store: MailStore
    /// Who asks, for the audit trail.
    package let actor: AuditActor
    package let clock: @Sendable () -> EpochSeconds

    package init(store: MailStore, actor: AuditActor, clock: @escaping @Sendable () -> EpochSeconds) {
        self.store = store
        self.actor = actor
        self.clock = clock
    }

    var directory: Directory { store.directory }
}

/// What cannot be done, in the administrator's words; `StoreError` says the rest.
package enum AdminError: Error, Sendable, Equatable {
    /// `near` is a name that exists and looks alike.
    case noSuch(kind: String, name: String, near: String?)
    case exists(String)
    case wrongData(String)
    /// Something outside gives no answer that could be believed.
    case unavailable(String)
    /// It takes a running server.
    case notRunning
    case file(path: String, code: Int32)
    case store(StoreError)
}

extension AdminError {
    init(_ error: any Error) {
        self = (error as? AdminError) ?? .store(StoreError(wrapping: error))
    }
}

package import MailDelivery
package import MailFilter
package import MailIdentity
package import MailMessage
package import MailShared
package import MailStore
package import MailTransport

/// What every client conversation stands on, whatever its protocol: made once by the composition, shared by all sessions.
///
/// One object for all of a service's: as a value it would be several hundred octets in each session and in each frame that waits.
package final class SessionServices: Sendable {
    package let store: MailStore
    package let authenticator: Authenticator
    package let delivery: LocalDelivery
    package let resolver: RecipientResolver
    package let pool: BlockingPool
    /// The context STARTTLS and STLS use; nil when no certificate is configured: then they are not offered.
    package let tls: TLSServerContext?
    package let log: SessionLog
    package let settings: SessionSettings
    /// Ends sessions when their accounts are suspended; nil: nobody does.
    let logins: LoginRegister?
    /// Remembers what became of connections; nil: nobody does.
    let attempts: AttemptLog?
    /// Who looks at mail that comes in beside us; nil: nobody.
    package let filters: FilterServices?
    package let metrics: Metrics
    /// Counts the sessions of each account; nil: nobody does.
    let sessions: AccountSessions?
    package let clock: @Sendable () -> EpochSeconds

    init(
        store: MailStore, authenticator: Authenticator, delivery: LocalDelivery, resolver: RecipientResolver,
        pool: BlockingPool, tls: TLSServerContext?, log: SessionLog, settings: SessionSettings,
        logins: LoginRegister? = nil, attempts: AttemptLog? = nil, filters: FilterServices? = nil,
        sessions: AccountSessions? = nil, metrics: Metrics = .off,
        clock: @escaping @Sendable () -> EpochSeconds = systemClock
    ) {
        self.store = store
        self.authenticator = authenticator
        self.delivery = delivery
        self.resolver = resolver
        self.pool = pool
        self.tls = tls
        self.log = log
        self.settings = settings
        self.logins = logins
        self.attempts = attempts
        self.filters = filters
        self.sessions = sessions
        self.metrics = metrics
        self.clock = clock
    }
}

package import MailDelivery
package import MailFilter
package import MailIdentity
package import MailMessage
package import MailShared
package import MailStore
package import MailTransport

/// What every client conversation stands on, whatever its protocol: made once by the composition, shared by all sessions.
package struct SessionServices: Sendable {
    package var store: MailStore
    package var authenticator: Authenticator
    package var delivery: LocalDelivery
    package var resolver: RecipientResolver
    package var pool: BlockingPool
    /// The context STARTTLS and STLS use; nil when no certificate is configured: then they are not offered.
    package var tls: TLSServerContext?
    package var log: SessionLog
    package var settings: SessionSettings
    /// Ends sessions when their accounts are suspended; nil: nobody does.
    var logins: LoginRegister?
    /// Remembers what became of connections; nil: nobody does.
    var attempts: AttemptLog?
    /// Who looks at mail that comes in beside us; nil: nobody.
    package var filters: FilterServices?
    package var metrics = Metrics.off
    /// Counts the sessions of each account; nil: nobody does.
    var sessions: AccountSessions?
    package var clock: @Sendable () -> EpochSeconds

    package init(
        store: MailStore, authenticator: Authenticator, delivery: LocalDelivery, resolver: RecipientResolver,
        pool: BlockingPool, tls: TLSServerContext?, log: SessionLog, settings: SessionSettings,
        metrics: Metrics = .off, clock: @escaping @Sendable () -> EpochSeconds = systemClock
    ) {
        self.store = store
        self.authenticator = authenticator
        self.delivery = delivery
        self.resolver = resolver
        self.pool = pool
        self.tls = tls
        self.log = log
        self.settings = settings
        self.metrics = metrics
        self.clock = clock
    }
}

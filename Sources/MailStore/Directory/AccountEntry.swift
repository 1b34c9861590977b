package import MailMessage

/// One account as the directory knows it, complete enough for a list, a login and a delivery.
package struct AccountEntry: Sendable, Equatable {
    package let id: AccountID
    package let login: LoginName
    package let address: EmailAddress
    package let name: String
    /// The organisation's name, nil for none.
    package let organisation: OrganisationName?
    package let accountClass: ClassName?
    /// Of a person with several roles; the most generous limit counts.
    package let furtherClasses: [ClassName]
    /// `en`, `sv`; nil where nobody said.
    package let language: String?
    package let status: AccountStatus
    package let quota: EffectiveQuota
    package let createdAt: EpochSeconds
    package let changedAt: EpochSeconds
    /// From this moment on the account counts as suspended; nil = never.
    package let expiresAt: EpochSeconds?
    /// What is done then; nil: nothing more.
    package let expiresThen: ExpiryAction?
    /// It has been done.
    package let hasExpired: Bool
    /// Since when the directory of persons says that this one is no longer active; nil = it does not.
    package let disabledAt: EpochSeconds?
    package let removedAt: EpochSeconds?
    package let reason: String
    /// What was set for it; nil: its mail stays here.
    package let forward: Forward?
    /// Its last day has come, and `expiresThen` is `.forward`: nobody logs in, and its mail goes on without a copy.
    package let isLeftBehind: Bool
    /// Whoever writes to it may get an answer: `Vacation` says when.
    package let isAway: Bool
    package let hints: AccountHints

    /// Where its mail goes on to now.
    package var onward: Forward? { isLeftBehind ? forward.map { Forward(to: $0.address, keepsCopy: false) } : forward }

    package var receivesMail: Bool { status.receivesMail || isLeftBehind }
}

/// Figures copied from the account's own database after its commits: good for lists and cron tools, never for decisions.
package struct AccountHints: Sendable, Equatable {
    package var bytesUsed: Int64
    package var messageCount: Int64
    /// Since when the oldest message lies in Trash; nil = nothing there. The purge adds the time it may stay.
    package var expireAfter: EpochSeconds?
    package var lastLoginAt: EpochSeconds?

    package init(
        bytesUsed: Int64 = 0, messageCount: Int64 = 0, expireAfter: EpochSeconds? = nil,
        lastLoginAt: EpochSeconds? = nil
    ) {
        self.bytesUsed = bytesUsed
        self.messageCount = messageCount
        self.expireAfter = expireAfter
        self.lastLoginAt = lastLoginAt
    }
}

/// What `addAccount` is told. Without a login the local part is used when it is free and valid, else the address.
package struct NewAccount: Sendable {
    package var address: EmailAddress
    package var login: LoginName?
    package var name: String
    package var organisation: OrganisationName?
    package var accountClass: ClassName?
    package var quota: QuotaRule?
    package var aliases: [EmailAddress]
    package var credential: Credential?
    package var expiresAt: EpochSeconds?
    /// What is done then; nil: nobody can log in any more, and that is all.
    package var expiresThen: ExpiryAction?
    package var suspended: Bool

    package init(
        address: EmailAddress, login: LoginName? = nil, name: String = "", organisation: OrganisationName? = nil,
        accountClass: ClassName? = nil, quota: QuotaRule? = nil, aliases: [EmailAddress] = [],
        credential: Credential? = nil, expiresAt: EpochSeconds? = nil, suspended: Bool = false
    ) {
        self.address = address
        self.login = login
        self.name = name
        self.organisation = organisation
        self.accountClass = accountClass
        self.quota = quota
        self.aliases = aliases
        self.credential = credential
        self.expiresAt = expiresAt
        self.suspended = suspended
    }
}

/// Which accounts a list shows. Removed accounts only when asked for by status.
package struct AccountFilter: Sendable {
    package var organisation: OrganisationName?
    package var accountClass: ClassName?
    package var status: AccountStatus?
    /// Case-insensitive text with `*` and `?`, compared with login, address and name.
    package var match: String?
    /// No login since this moment (nor made since).
    package var inactiveSince: EpochSeconds?

    package init(
        organisation: OrganisationName? = nil, accountClass: ClassName? = nil, status: AccountStatus? = nil,
        match: String? = nil, inactiveSince: EpochSeconds? = nil
    ) {
        self.organisation = organisation
        self.accountClass = accountClass
        self.status = status
        self.match = match
        self.inactiveSince = inactiveSince
    }
}

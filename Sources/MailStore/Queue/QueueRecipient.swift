package import MailMessage

/// Where one copy of a queued message has to go.
package enum QueueDestination: Hashable, Sendable {
    case account(AccountID)
    /// Elsewhere: by its domain, unless a route says something else.
    case remote(EmailAddress)
    /// A damaged row: given up like an address that nobody knows.
    case nowhere

    package var account: AccountID? { if case .account(let id) = self { id } else { nil } }
    package var domain: String? { if case .remote(let address) = self { address.domainKey } else { nil } }
    var isAccount: Bool { account != nil }
}

/// One recipient as it enters the queue: due at once, or after a first attempt that failed.
package struct QueueRecipient: Sendable, Equatable {
    package let destination: QueueDestination
    /// As the sender wrote it: bounces name this one. Nil for `<postmaster>`.
    package let address: EmailAddress?
    /// Why a first attempt failed; empty: there was none, it is due at once.
    package let error: String
    package let notice: QueueNotice

    var wasTried: Bool { !error.isEmpty }

    package init(
        destination: QueueDestination, address: EmailAddress?, error: String = "", notice: QueueNotice = .none
    ) {
        self.destination = destination
        self.address = address
        self.error = error
        self.notice = notice
    }
}

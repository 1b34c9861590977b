package import MailMessage

/// A limit somebody set at one level. A nil field inherits from the level below; `.unlimited` does not.
package struct QuotaRule: Sendable, Equatable {
    package enum Amount: Sendable, Equatable {
        case unlimited
        case limit(Int64)
    }
    package var bytes: Amount?
    package var messages: Amount?
    /// The rule ends by itself at this moment, and the permanent one of the same level counts again; nil = permanent.
    package var until: EpochSeconds?
    package var reason: String

    package init(bytes: Amount? = nil, messages: Amount? = nil, until: EpochSeconds? = nil, reason: String = "") {
        self.bytes = bytes
        self.messages = messages
        self.until = until
        self.reason = reason
    }
}

/// Whose rule it is.
package enum QuotaScope: Sendable, Equatable {
    case account(AccountID)
    case organisation(OrganisationName)
    case accountClass(ClassName)
    case standard
}

/// Where an account's limit comes from: account over organisation over class over default.
package enum QuotaSource: Sendable, Equatable, CustomStringConvertible {
    case account
    case organisation(OrganisationName)
    case accountClass(ClassName)
    case standard

    package var description: String {
        switch self {
        case .account: "account"
        case .organisation(let name): "org:\(name)"
        case .accountClass(let name): "class:\(name)"
        case .standard: "default"
        }
    }
}

/// The limits that hold for one account now. Nil = unlimited.
package struct EffectiveQuota: Sendable, Equatable {
    package static let standardBytes: Int64 = 500_000_000
    package static let studentBytes: Int64 = 50_000_000

    package var bytes: Int64?
    package var messages: Int64?
    package var source: QuotaSource
    /// Of a dated rule: when it lapses, why, and who granted it.
    package var until: EpochSeconds?
    package var reason = ""
    package var grantedBy = ""
    /// The rule only lets somebody who uses more than his new limit keep the old one for a while.
    package var isGrace = false
    /// What will count when the dated rule has lapsed; nil = unlimited, or there is no dated rule.
    package var bytesAfterwards: Int64?

    /// What counts for good, as far as is known now. Nil = unlimited.
    package var lastingBytes: Int64? { until == nil ? bytes : bytesAfterwards }

    package var limit: QuotaLimit { QuotaLimit(bytes: bytes, messages: messages) }
}

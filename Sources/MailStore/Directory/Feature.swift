/// Whose rule something is: an account's, an organisation's, a class's, or everybody's.
package typealias RuleScope = QuotaScope
package typealias RuleSource = QuotaSource

/// What can be switched off: for an account over its organisation over its class over everybody. On unless somebody says otherwise, but for `sentCopy`.
package enum Feature: String, CaseIterable, Sendable {
    case imap, pop, webmail
    case sendOutside = "send-outside"
    case forwardOutside = "forward-outside"
    case appPasswords = "app-passwords"
    /// The server itself puts what the account sends into its Sent folder; off unless somebody says so, since most programs do it.
    case sentCopy = "sent-copy"

    var standard: Bool { self != .sentCopy }
}

/// What holds for one account, and who said so.
package struct EffectiveFeatures: Sendable, Equatable {
    package struct State: Sendable, Equatable {
        package let isOn: Bool
        package let source: RuleSource
    }

    private let states: [Feature: State]

    init(_ states: [Feature: State]) { self.states = states }

    package subscript(feature: Feature) -> State {
        states[feature] ?? State(isOn: feature.standard, source: .standard)
    }

    package func isOn(_ feature: Feature) -> Bool { self[feature].isOn }
}

/// All that one login needs to know beside who it is: read together, always from the database.
package struct LoginFacts: Sendable {
    package let credential: Credential?
    /// Nil when it has not been changed lately.
    package let former: FormerPassword?
    /// The one with the handle that was asked for, whosever it is.
    package let appPassword: AppPasswordEntry?
    package let features: EffectiveFeatures
    /// Whom the account's people ask; empty when nobody was named.
    package let contact: String
}

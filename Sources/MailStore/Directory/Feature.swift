/// Whose rule something is: an account's, an organisation's, a class's, or everybody's.
package typealias RuleScope = QuotaScope
package typealias RuleSource = QuotaSource

/// What can be switched off: for an account over its organisation over its class over everybody. On unless somebody says otherwise.
package enum Feature: String, CaseIterable, Sendable {
    case imap, pop, webmail
    case sendOutside = "send-outside"
    case forwardOutside = "forward-outside"
    case appPasswords = "app-passwords"
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
        states[feature] ?? State(isOn: true, source: .standard)
    }

    package func isOn(_ feature: Feature) -> Bool { self[feature].isOn }
}

/// All that one login needs to know beside who it is: read together, always from the database.
package struct LoginFacts: Sendable {
    package let credential: Credential?
    /// The one with the handle that was asked for, whosever it is.
    package let appPassword: AppPasswordEntry?
    package let features: EffectiveFeatures
    /// Whom the account's people ask; empty when nobody was named.
    package let contact: String
}

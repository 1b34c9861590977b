/// The words of RFC 8601 §2.7 for what a check came to.
package enum CheckResult: String, Sendable, CaseIterable {
    case none, pass, fail, softfail, policy, neutral, temperror, permerror
}

/// Why something was not looked at further, and what that amounts to.
struct CheckFault: Error, Sendable, Equatable {
    let result: CheckResult
    let reason: String

    static func syntax(_ reason: String) -> CheckFault { CheckFault(result: .neutral, reason: reason) }
    static func policy(_ reason: String) -> CheckFault { CheckFault(result: .policy, reason: reason) }
    static func permanent(_ reason: String) -> CheckFault { CheckFault(result: .permerror, reason: reason) }
    static func temporary(_ reason: String) -> CheckFault { CheckFault(result: .temperror, reason: reason) }
    static func failed(_ reason: String) -> CheckFault { CheckFault(result: .fail, reason: reason) }
}

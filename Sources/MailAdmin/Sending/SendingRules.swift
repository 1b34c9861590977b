package import MailStore

/// What may be sent by one class, or by everybody of whom nothing else is said.
package struct SendingRuleLine: Sendable {
    /// Nil: the configuration speaks, of everybody.
    package let accountClass: ClassName?
    /// What the class itself says.
    package let rule: SendingRule
    /// What holds.
    package let rates: SendingRates
}

extension Administration {
    /// Everybody's first, then each class that says something.
    package func sendingRules() async throws(AdminError) -> [SendingRuleLine] {
        let standard = store.sending.persons
        return try await reading { reader in
            let everybody = SendingRuleLine(accountClass: nil, rule: SendingRule(), rates: standard)
            return try [everybody]
                + reader.classes().compactMap { entry in
                    let rule = try reader.sendingRule(of: entry.name)
                    guard !rule.isEmpty else { return nil }
                    return SendingRuleLine(accountClass: entry.name, rule: rule, rates: standard.replaced(by: rule))
                }
        }
    }

    package func changeSendingRule(
        of name: ClassName, _ change: @escaping @Sendable (inout SendingRule) -> Void
    ) async throws(AdminError) -> Outcome {
        try await requireGroups(nil, name)
        return try await writing { transaction in
            var rule = try transaction.sendingRule(of: name)
            change(&rule)
            return try transaction.setSendingRule(rule, of: name) ? .changed : .unchanged
        }
    }
}

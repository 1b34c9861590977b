/// What a class may send, where somebody said so; the rest is what everybody may.
package struct SendingRule: Sendable, Equatable {
    /// 0: as much as it likes.
    package private(set) var most: [SendingLimit: Int] = [:]

    package init() {}

    package var isEmpty: Bool { most.isEmpty }

    package subscript(limit: SendingLimit) -> Int? {
        get { most[limit] }
        set { most[limit] = newValue }
    }

    /// Of a person with several classes: for each limit the most that one of them says.
    package func union(_ other: SendingRule) -> SendingRule {
        var rule = self
        for (limit, count) in other.most {
            rule[limit] = rule[limit].map { $0 == 0 || count == 0 ? 0 : max($0, count) } ?? count
        }
        return rule
    }

    /// For the audit trail.
    var words: String {
        let parts = SendingLimit.allCases.compactMap { limit in
            most[limit].map { "\($0 == 0 ? "any number of" : String($0)) \(limit.rawValue)" }
        }
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }
}

extension SendingRates {
    package func replaced(by rule: SendingRule) -> SendingRates {
        func most(_ limit: SendingLimit) -> Int { rule[limit] ?? self.most(limit) }
        return SendingRates(
            messagesPerHour: most(.messagesPerHour), messagesPerDay: most(.messagesPerDay),
            recipientsPerHour: most(.recipientsPerHour), recipientsPerDay: most(.recipientsPerDay),
            newRecipientsPerDay: most(.newRecipientsPerDay))
    }
}

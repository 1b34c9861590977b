/// How much one party may send; 0: as much as it likes.
package struct SendingRates: Sendable, Equatable {
    package var messagesPerHour: Int
    package var messagesPerDay: Int
    package var recipientsPerHour: Int
    package var recipientsPerDay: Int
    /// Recipients it has never written to: the mark of a stolen password.
    package var newRecipientsPerDay: Int

    /// A person at a university; a course of 400 in two mails.
    package static let person = SendingRates(
        messagesPerHour: 300, messagesPerDay: 1_000, recipientsPerHour: 1_000, recipientsPerDay: 2_000,
        newRecipientsPerDay: 500)
    /// A machine that reports: more often, to few.
    package static let host = SendingRates(
        messagesPerHour: 1_000, messagesPerDay: 5_000, recipientsPerHour: 2_000, recipientsPerDay: 10_000,
        newRecipientsPerDay: 1_000)

    package init(
        messagesPerHour: Int, messagesPerDay: Int, recipientsPerHour: Int, recipientsPerDay: Int,
        newRecipientsPerDay: Int
    ) {
        self.messagesPerHour = messagesPerHour
        self.messagesPerDay = messagesPerDay
        self.recipientsPerHour = recipientsPerHour
        self.recipientsPerDay = recipientsPerDay
        self.newRecipientsPerDay = newRecipientsPerDay
    }

    package func most(_ limit: SendingLimit) -> Int {
        switch limit {
        case .messagesPerHour: messagesPerHour
        case .messagesPerDay: messagesPerDay
        case .recipientsPerHour: recipientsPerHour
        case .recipientsPerDay: recipientsPerDay
        case .newRecipientsPerDay: newRecipientsPerDay
        }
    }

    /// With an allowance every limit is at least that high.
    package func raised(to allowance: Int?) -> SendingRates {
        guard let allowance else { return self }
        func raise(_ most: Int) -> Int { most == 0 || allowance == 0 ? 0 : max(most, allowance) }
        return SendingRates(
            messagesPerHour: raise(messagesPerHour), messagesPerDay: raise(messagesPerDay),
            recipientsPerHour: raise(recipientsPerHour), recipientsPerDay: raise(recipientsPerDay),
            newRecipientsPerDay: raise(newRecipientsPerDay))
    }
}

package enum SendingLimit: String, Sendable, CaseIterable {
    case messagesPerHour = "messages per hour"
    case messagesPerDay = "messages per day"
    case recipientsPerHour = "recipients per hour"
    case recipientsPerDay = "recipients per day"
    case newRecipientsPerDay = "new recipients per day"
}

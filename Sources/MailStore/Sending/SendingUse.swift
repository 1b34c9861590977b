/// What a party has sent within an hour and a day. Pure.
package struct SendingUse: Sendable, Equatable {
    package var messagesInHour = 0
    package var messagesInDay = 0
    package var recipientsInHour = 0
    package var recipientsInDay = 0
    package var newRecipientsInDay = 0

    package init() {}

    package func count(_ limit: SendingLimit) -> Int {
        switch limit {
        case .messagesPerHour: messagesInHour
        case .messagesPerDay: messagesInDay
        case .recipientsPerHour: recipientsInHour
        case .recipientsPerDay: recipientsInDay
        case .newRecipientsPerDay: newRecipientsInDay
        }
    }

    /// One more message to so many, so many of them new.
    func adding(recipients: Int, new: Int) -> SendingUse {
        var use = self
        use.messagesInHour += 1
        use.messagesInDay += 1
        use.recipientsInHour += recipients
        use.recipientsInDay += recipients
        use.newRecipientsInDay += new
        return use
    }

    /// The first limit that it goes beyond.
    func excess(over rates: SendingRates) -> (limit: SendingLimit, most: Int)? {
        for limit in SendingLimit.allCases {
            let most = rates.most(limit)
            if most > 0, count(limit) > most { return (limit, most) }
        }
        return nil
    }
}

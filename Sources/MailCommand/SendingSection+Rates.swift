import MailConfig
import MailStore

extension SendingSection {
    var persons: SendingRates {
        SendingRates(
            messagesPerHour: messagesPerHour, messagesPerDay: messagesPerDay, recipientsPerHour: recipientsPerHour,
            recipientsPerDay: recipientsPerDay, newRecipientsPerDay: newRecipientsPerDay)
    }

    var hosts: SendingRates {
        SendingRates(
            messagesPerHour: hostMessagesPerHour, messagesPerDay: hostMessagesPerDay,
            recipientsPerHour: hostRecipientsPerHour, recipientsPerDay: hostRecipientsPerDay,
            newRecipientsPerDay: hostNewRecipientsPerDay)
    }
}

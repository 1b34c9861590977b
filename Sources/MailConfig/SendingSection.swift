/// `[sending]`: how much one account, or one host of a trusted network, may send. 0 = no limit.
package struct SendingSection: Sendable, Equatable {
    package var messagesPerHour = 300
    package var messagesPerDay = 1_000
    package var recipientsPerHour = 1_000
    package var recipientsPerDay = 2_000
    package var newRecipientsPerDay = 500
    package var hostMessagesPerHour = 1_000
    package var hostMessagesPerDay = 5_000
    package var hostRecipientsPerHour = 2_000
    package var hostRecipientsPerDay = 10_000
    package var hostNewRecipientsPerDay = 1_000

    private static let range = 0...100_000_000

    static let keys: [ConfigurationKey<SendingSection>] = [
        .init(
            "messages_per_hour", \.messagesPerHour, .number(range),
            "Messages that one account may send in an hour, unless its class says otherwise (mailctl sending set). What goes beyond this or another limit of this section is accepted and "
                + "held in the queue; the user and postmaster are told once. mailctl sending allows somebody more for a time, "
                + "mailctl queue release or remove decides about what is held. 0 = no limit."),
        .init("messages_per_day", \.messagesPerDay, .number(range), "The same in 24 hours."),
        .init(
            "recipients_per_hour", \.recipientsPerHour, .number(range),
            "Recipients of one account in an hour, those of all its messages together."),
        .init("recipients_per_day", \.recipientsPerDay, .number(range), "The same in 24 hours."),
        .init(
            "new_recipients_per_day", \.newRecipientsPerDay, .number(range),
            "Recipients in 24 hours that the account has never written to: many of them are the mark of a stolen password."
        ),
        .init(
            "host_messages_per_hour", \.hostMessagesPerHour, .number(range),
            "Messages in an hour from one address of relay.trusted_networks, where an infected computer needs no login, that have recipients "
                + "elsewhere. What comes from this machine itself (loopback) is not counted; limits.exempt is about connections and "
                + "exempts from none of this, mailctl sending allow ADDRESS does."),
        .init("host_messages_per_day", \.hostMessagesPerDay, .number(range), "The same in 24 hours."),
        .init(
            "host_recipients_per_hour", \.hostRecipientsPerHour, .number(range), "Recipients of one address in an hour."
        ),
        .init("host_recipients_per_day", \.hostRecipientsPerDay, .number(range), "The same in 24 hours."),
        .init(
            "host_new_recipients_per_day", \.hostNewRecipientsPerDay, .number(range),
            "Recipients in 24 hours that the address has never written to."),
    ]
}

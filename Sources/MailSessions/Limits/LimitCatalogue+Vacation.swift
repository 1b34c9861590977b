import MailDelivery
import MailStore

extension LimitCatalogue {
    /// What is answered for people who are away, and to how many.
    static var vacation: [LimitRow] {
        [
            .bytes("vacation.text", Vacation.longestText, "of an answer"),
            .count(
                "vacation.answers", StoreLimits.vacationAnswers, rfc: "RFC 3834 §2",
                "of one account in its period: who floods it makes it write no more"),
            .bytes("vacation.header", VacationLimits.headerBytes, "of a message that is looked at"),
            .count(
                "vacation.addresses", VacationLimits.addresses, rfc: "RFC 5230 §4.5",
                "of a message among which the account's own are looked for"),
            .count("vacation.subject", VacationLimits.subject, "characters of the subject that is answered"),
            .count("vacation.references", VacationLimits.references, "of the thread that an answer names"),
            .bytes("vacation.identifier", VacationLimits.identifier, "of each of them; longer ones are left out"),
        ]
    }
}

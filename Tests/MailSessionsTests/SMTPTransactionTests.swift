import MailDelivery
import MailMessage
import MailStore
import MailWire
import Testing

@testable import MailSessions

@Suite struct SMTPTransactionTests {
    /// A filter that takes a recipient out and puts it back has lost nobody.
    @Test func whoIsTakenOutCanComeBack() throws {
        let (here, there) = (try #require(EmailAddress("bob@x.test")), try #require(EmailAddress("bo@far.test")))
        var transaction = SMTPTransaction(sender: .null, parameters: MailParameters())
        transaction.add(RecipientTarget(address: here, accounts: []))
        transaction.add(elsewhere: there, .none)
        for address in [here, there] { transaction.remove(address) }
        #expect(!transaction.hasRecipients)
        transaction.add(RecipientTarget(address: here, accounts: []))
        transaction.add(elsewhere: there, .none)
        transaction.add(RecipientTarget(address: here, accounts: []))
        #expect(transaction.addresses == [here, there])
    }
}

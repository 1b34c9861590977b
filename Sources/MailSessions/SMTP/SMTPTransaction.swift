import MailDelivery
import MailMessage
import MailWire

/// One mail transaction, from MAIL to the end of its data (RFC 5321 §3.3).
struct SMTPTransaction {
    let sender: ReversePath
    let parameters: MailParameters
    private(set) var recipients: [RecipientTarget] = []
    /// RCPTs accepted, doubles included: what the limit counts.
    private(set) var recipientCount = 0
    private var known: Set<EmailAddress?> = []
    /// Set by the first BDAT.
    var body: SMTPBody?

    init(sender: ReversePath, parameters: MailParameters) {
        self.sender = sender
        self.parameters = parameters
    }

    mutating func add(_ target: RecipientTarget) {
        recipientCount += 1
        if known.insert(target.address).inserted { recipients.append(target) }
    }
}

import MailDelivery
import MailMessage
import MailStore
import MailWire

/// One mail transaction, from MAIL to the end of its data (RFC 5321 §3.3).
struct SMTPTransaction {
    let sender: ReversePath
    let parameters: MailParameters
    private(set) var recipients: [RecipientTarget] = []
    /// Those that are not ours.
    private(set) var elsewhere: [QueueRecipient] = []
    /// RCPTs accepted, doubles included: what the limit counts.
    private(set) var recipientCount = 0
    private var known: Set<EmailAddress?> = []
    /// Set by the first BDAT.
    var body: SMTPBody?

    init(sender: ReversePath, parameters: MailParameters) {
        self.sender = sender
        self.parameters = parameters
    }

    var hasRecipients: Bool { !recipients.isEmpty || !elsewhere.isEmpty }
    /// As the client gave them; nil for `<postmaster>`.
    var addresses: [EmailAddress?] { recipients.map(\.address) + elsewhere.map(\.address) }

    mutating func add(elsewhere address: EmailAddress, _ notice: QueueNotice) {
        recipientCount += 1
        guard known.insert(address).inserted else { return }
        elsewhere.append(QueueRecipient(destination: .remote(address), address: address, notice: notice))
    }

    /// A filter does not want it to get the message.
    mutating func remove(_ address: EmailAddress) {
        recipients.removeAll { $0.address == address }
        elsewhere.removeAll { $0.address == address }
        known.remove(address)
    }

    mutating func add(_ target: RecipientTarget) {
        recipientCount += 1
        if known.insert(target.address).inserted { recipients.append(target) }
    }
}

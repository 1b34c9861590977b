import MailDelivery
import MailFilter
import MailMessage
import MailStore
import MailWire

/// A message behind the gate: what is delivered, to whom, and how.
struct GatePassage {
    var message: StorableMessage
    var transaction: SMTPTransaction
    var verdict = FilterVerdict.accept
    /// Not nil: a filter has given it another sender; nil inside: the null sender.
    var sender: EmailAddress??

    /// Nobody gets it.
    var isDiscarded: Bool { verdict == .discard || !transaction.hasRecipients }

    var isJunk: Bool { if case .junk = verdict { true } else { false } }

    /// Why the operator is to look at it first.
    var hold: String? { if case .quarantine(let reason) = verdict { "a filter holds it: \(reason)" } else { nil } }

    /// What cannot be done is left: the filters run at the operator's wish, the addresses come from anywhere.
    mutating func apply(_ change: EnvelopeChange, resolver: RecipientResolver) async {
        switch change {
        case .deleteRecipient(let text): Self.address(text).map { transaction.remove($0) }
        case .sender(let text, _): if text == "<>" || Self.address(text) != nil { sender = .some(Self.address(text)) }
        case .addRecipient(let text, _):
            guard let address = Self.address(text) else { return }
            switch await resolver.decide(address, size: message.size) {
            case .accepted(let target): transaction.add(target)
            case .notLocal: transaction.add(elsewhere: address, .none)
            default: break
            }
        }
    }

    private static func address(_ text: String) -> EmailAddress? {
        EmailAddress(text.hasPrefix("<") && text.hasSuffix(">") ? String(text.dropFirst().dropLast()) : text)
    }
}

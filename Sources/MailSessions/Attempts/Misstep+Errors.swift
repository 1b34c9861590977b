import MailDelivery
import MailMessage
import MailWire

extension Misstep {
    init(_ foreign: ForeignProtocol) {
        self =
            switch foreign {
            case .tls: .tlsHello
            case .http: .http
            case .ssh: .ssh
            }
    }

    /// Nil for what says nothing of the client's settings.
    init?(_ error: SMTPError, to command: SMTPCommand?) {
        switch error {
        case .encryptionNeeded: self = .loginWithoutTLS
        case .startTLSFirst:
            if case .auth = command { self = .loginWithoutTLS } else { self = .mailWithoutTLS }
        case .loginFirst: self = .mailWithoutLogin
        case .senderNotYours: self = .sender
        case .unknownMechanism: self = .mechanism
        case SMTPError(RecipientDecision.notLocal): self = .relay
        default: return nil
        }
    }

    init?(_ error: POP3Error) {
        switch error {
        case .encryptionNeeded: self = .loginWithoutTLS
        case .unknownMechanism: self = .mechanism
        case .tooManySessions: self = .tooManySessions
        default: return nil
        }
    }
}

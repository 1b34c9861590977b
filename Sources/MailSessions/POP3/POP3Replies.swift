import MailIdentity
import MailStore
import MailTransport
import MailWire

extension POP3Reply {
    /// The last words for what ends a conversation from outside; nil when nobody listens any more.
    static func goodBye(after error: any Error) -> POP3Reply? {
        switch error as? ConnectionError {
        case .tooSlow: .error(nil, "Too slow, nothing was deleted")
        case .timedOut: .error(nil, "Nothing came for too long, nothing was deleted")
        case .draining: .error(.temporary, "The server is stopping, nothing was deleted")
        case .dismissed:
            .error(.authentication, "The account has been changed, or this session was ended; nothing was deleted")
        case .endlessLine, .lineTooLong: .error(nil, "The line has no end")
        default: nil
        }
    }
}

extension POP3Error {
    static let tooManySessions = POP3Error(.inUse, "Too many connections of this account: close some")
    static let tooManyCommands = POP3Error(nil, "Too many commands without a login, closing", isMisuse: true)
    static let foreignProtocol = POP3Error(nil, "This is POP3, closing", isMisuse: true)
    static let tooManyErrors = POP3Error(nil, "Too many errors, closing", isMisuse: true)
    static let encryptionNeeded = POP3Error(nil, "Say STLS first", isMisuse: true)
    static let alreadyEncrypted = POP3Error(nil, "TLS is already on", isMisuse: true)
    static let tlsUnavailable = POP3Error(.temporary, "TLS is not available")
    static let userFirst = POP3Error(nil, "Say USER first", isMisuse: true)
    static let unknownMechanism = POP3Error(nil, "Mechanism not offered", isMisuse: true)

    /// The one place where the store's errors become POP3's (RFC 3206). Nothing of the inside reaches the client.
    init(_ error: StoreError, whileClosing: Bool = false) {
        switch error {
        case .noSuchMessage: self = .noSuchMessage
        case .busy: self.init(.inUse, "The mailbox is busy, try again", cause: "\(error)")
        case .damaged, .newerSchema: self.init(.permanent, "The mailbox cannot be read", cause: "\(error)")
        default:
            let text = whileClosing ? "Nothing was deleted, try again later" : "Not now, try again later"
            self.init(.temporary, text, cause: "\(error)")
        }
    }

    /// RFC 3206 §6: AUTH for wrong credentials, SYS for what is not the user's fault.
    init(_ failure: SASLFailure) {
        switch failure {
        case .cancelled: self.init(nil, "Cancelled", isMisuse: true)
        case .malformed: self.init(nil, "Malformed response", isMisuse: true)
        case .denied(.locked(retryAfter: let seconds)):
            self.init(.temporary, "Too many failures, wait \(seconds) seconds", isMisuse: true)
        case .denied(.suspended): self.init(.authentication, "This account is disabled", isMisuse: true)
        case .denied(.passwordChanged(isTold: true)):
            self.init(.authentication, LoginOutcome.changedWords, isMisuse: true)
        case .denied(.refused(let refusal)): self.init(.authentication, refusal.words, isMisuse: true)
        case .denied(.unavailable): self.init(.temporary, "Logging in is not possible now")
        case .denied: self.init(.authentication, "Wrong name or password", isMisuse: true)
        }
    }
}

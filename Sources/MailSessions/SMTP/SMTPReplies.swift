import MailDelivery
import MailIdentity
import MailStore
import MailTransport
import MailWire

/// The words of the server. `SMTPError`s of the grammar are in MailWire.
extension SMTPReply {
    static let ok = SMTPReply(250, 0, 0, "OK")
    static let bye = SMTPReply(221, 0, 0, "Bye")
    static let senderOK = SMTPReply(250, 1, 0, "Sender OK")
    static let recipientOK = SMTPReply(250, 1, 5, "Recipient OK")
    static let startData = SMTPReply(354, nil, ["End with CRLF.CRLF"])
    static let readyForTLS = SMTPReply(220, 0, 0, "Ready for TLS")
    static let loggedIn = SMTPReply(235, 7, 0, "Logged in")
    static let cannotVerify = SMTPReply(252, 5, 2, "Send some mail, it will be tried")
    static let help = SMTPReply(
        214, EnhancedCode(0, 0), ["EHLO HELO MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY HELP STARTTLS AUTH"])
    static let tooManyErrors = SMTPReply(421, 7, 0, "Too many errors, closing")
    static let talksFirst = SMTPReply(421, 7, 0, "You talk before the greeting, closing")
    static let tooMuchData = SMTPReply(552, 3, 4, "Message too large, closing")

    static func greeting(_ host: String) -> SMTPReply { SMTPReply(220, nil, ["\(host) ESMTP ready"]) }
    static func accepted(_ id: String) -> SMTPReply { SMTPReply(250, 0, 0, "OK id=\(id)") }
    static func octets(_ count: Int64) -> SMTPReply { SMTPReply(250, 0, 0, "\(count) octets received") }

    /// The last words for what ends a conversation from outside; nil when nobody listens any more.
    static func goodBye(after error: any Error) -> SMTPReply? {
        switch error as? ConnectionError {
        case .timedOut: SMTPReply(421, 4, 2, "Nothing came for too long, closing")
        case .tooSlow: SMTPReply(421, 4, 2, "Too slow, closing")
        case .draining: SMTPReply(421, 3, 2, "The server is stopping, come back soon")
        case .dismissed: SMTPReply(421, 7, 0, "The account has been changed, or this session was ended: log in again")
        case .endlessLine, .lineTooLong: SMTPReply(421, 5, 2, "The line has no end, closing")
        default: nil
        }
    }
}

extension SMTPError {
    private init(_ code: Int, _ subject: Int, _ detail: Int, _ text: String, isMisuse: Bool = false) {
        self.init(SMTPReply(code, subject, detail, text), isMisuse: isMisuse)
    }

    // Order of commands (RFC 5321 §4.1.4): the client's mistakes.
    static let greetingFirst = SMTPError(503, 5, 1, "Say EHLO first", isMisuse: true)
    static let startTLSFirst = SMTPError(530, 7, 0, "Say STARTTLS first", isMisuse: true)
    static let loginFirst = SMTPError(530, 7, 0, "Log in first", isMisuse: true)
    static let alreadyEncrypted = SMTPError(503, 5, 1, "TLS is already on", isMisuse: true)
    static let alreadyLoggedIn = SMTPError(503, 5, 1, "Already logged in", isMisuse: true)
    static let needsExtended = SMTPError(503, 5, 1, "Say EHLO, not HELO", isMisuse: true)
    static let inTransaction = SMTPError(503, 5, 1, "A message is already begun", isMisuse: true)
    static let mailFirst = SMTPError(503, 5, 1, "Say MAIL first", isMisuse: true)
    static let noRecipients = SMTPError(503, 5, 1, "No valid recipients", isMisuse: true)
    static let chunkingBegun = SMTPError(503, 5, 1, "The message came with BDAT: go on with BDAT", isMisuse: true)
    static let binaryNeedsChunking = SMTPError(503, 5, 1, "BINARYMIME needs BDAT", isMisuse: true)
    static let notImplemented = SMTPError(502, 5, 1, "Not implemented", isMisuse: true)

    // Sessions and logins.
    static let tlsUnavailable = SMTPError(454, 7, 0, "TLS is not available")
    static let encryptionNeeded = SMTPError(538, 7, 11, "Say STARTTLS first", isMisuse: true)
    static let unknownMechanism = SMTPError(504, 5, 4, "Mechanism not offered", isMisuse: true)

    // Envelopes.
    static let diskLow = SMTPError(452, 3, 1, "The server's disk is nearly full, try again later")
    static let senderNotYours = SMTPError(553, 7, 1, "This sender address is not yours")
    static let noAuthor = SMTPError(554, 6, 0, "The message has no From field with an address (RFC 5322)")
    static let badAuthor = SMTPError(554, 6, 0, "The message has more From fields or authors than it may")
    static let authorNotYours = SMTPError(
        550, 7, 1, "The From address is not yours, and Sender does not say who you are")
    static let requireTLSNeedsTLS = SMTPError(530, 7, 30, "REQUIRETLS needs TLS here too", isMisuse: true)
    static let needsSMTPUTF8 = SMTPError(553, 6, 7, "This address needs SMTPUTF8")
    static let messageTooLarge = SMTPError(552, 3, 4, "Message larger than the limit")
    static let headerTooLarge = SMTPError(552, 3, 4, "The header is larger than the limit")
    static let tooManyRecipients = SMTPError(452, 5, 3, "Too many recipients")

    // Messages.
    static let bareLineEndings = SMTPError(550, 5, 2, "Bare CR or LF in the message")
    static let tooManyHops = SMTPError(554, 4, 6, "Too many hops: the message goes in circles")

    /// Counted apart: not the client's mistake, but many of them are somebody trying out names.
    var isRefusedRecipient: Bool { self == SMTPError(.unknown) || self == SMTPError(.notLocal) }

    /// RCPT's answer for everything but `accepted`.
    init(_ decision: RecipientDecision) {
        switch decision {
        case .accepted, .unavailable(nil): self.init(451, 3, 0, "Not now, try again later")
        case .returning: self.init(550, 7, 1, "This address takes bounces only")
        case .unknown: self.init(550, 1, 1, "No such user here")
        case .notLocal: self.init(550, 7, 1, "Relaying denied")
        case .suspended: self.init(550, 2, 1, "This mailbox is disabled")
        case .loop: self.init(550, 4, 6, "This address leads in circles")
        case .overQuota: self.init(452, 2, 2, "The mailbox is full")
        case .tooLarge: self.init(552, 2, 2, "The message is larger than the mailbox")
        case .unavailable(let error?): self.init(error)
        }
    }

    /// The one place where the store's errors become SMTP's. Nothing of the inside reaches the client.
    init(_ error: StoreError) {
        switch error {
        case .overQuota(.full): self.init(452, 2, 2, "The mailbox is full")
        case .overQuota(.tooLargeForAccount): self.init(552, 2, 2, "The message is larger than the mailbox")
        case .diskFull: self = SMTPError(452, 3, 1, "No room left, try again later").because("\(error)")
        default: self = SMTPError(451, 3, 0, "Not now, try again later").because("\(error)")
        }
    }

    /// A logged-in account that may not send to where this recipient is.
    init(_ refusal: LoginRefusal) { self.init(550, 7, 1, refusal.words) }

    /// RFC 4954 §6.
    init(_ failure: SASLFailure) {
        switch failure {
        case .cancelled: self.init(501, 7, 0, "Cancelled", isMisuse: true)
        case .malformed: self.init(501, 5, 2, "Malformed response", isMisuse: true)
        case .denied(.locked(retryAfter: let seconds)):
            self.init(454, 7, 0, "Too many failures, wait \(seconds) seconds", isMisuse: true)
        case .denied(.suspended): self.init(525, 7, 13, "This account is disabled", isMisuse: true)
        case .denied(.passwordChanged(isTold: true)): self.init(535, 7, 8, LoginOutcome.changedWords, isMisuse: true)
        case .denied(.refused(let refusal)): self.init(535, 7, 1, refusal.words, isMisuse: true)
        case .denied(.unavailable): self.init(454, 7, 0, "Logging in is not possible now")
        case .denied: self.init(535, 7, 8, "Wrong name or password", isMisuse: true)
        }
    }
}

import MailMessage
import MailShared
import MailStore
import MailTransport
import MailWire

/// What the commands share.
extension IMAPSession {
    /// Bytes read or written at once.
    static let chunkSize = 256 << 10

    var login: IMAPLogin? {
        switch state {
        case .authenticated(let login), .selected(let login, _): login
        case .notAuthenticated, .logout: nil
        }
    }

    /// The rule of the command has made sure of it; a failure rather than a trap if it has not.
    func loggedIn() throws -> IMAPLogin {
        guard let login else { throw IMAPFailure.bad("Not logged in") }
        return login
    }

    func selected() throws -> (login: IMAPLogin, mailbox: SelectedMailbox) {
        guard case .selected(let login, let mailbox) = state else { throw IMAPFailure.bad("No mailbox is selected") }
        return (login, mailbox)
    }

    func writable() throws -> (login: IMAPLogin, mailbox: SelectedMailbox) {
        let both = try selected()
        guard !both.mailbox.isReadOnly else {
            throw IMAPFailure.no("The mailbox is open for reading only", code: .readOnly)
        }
        return both
    }

    /// Below the floor nothing is added; reading, moving, expunging and deleting go on.
    func checkDisk() throws {
        guard services.store.isDiskLow else { return }
        services.metrics.add(.limitDisk)
        throw IMAPFailure.no("The server's disk is nearly full: nothing can be added now", code: .unavailable)
    }

    /// For what changes many messages at once.
    var changeBudget: TimeBudget { TimeBudget(seconds: services.settings.limits.changeSeconds) }

    var takesUTF8: Bool { !features.isDisjoint(with: [.rev2, .utf8]) }

    var encoding: MailboxEncoding { takesUTF8 ? .utf8 : .modifiedUTF7 }

    func writer(capacity: Int = 0) -> ReplyWriter {
        var writer = ReplyWriter(encoding: encoding, capacity: capacity)
        writer.namesUIDs = features.contains(.uidOnly)
        return writer
    }

    /// Untagged responses and continuations, sent when the session next waits.
    func send(_ write: (inout ReplyWriter) -> Void) {
        var writer = writer()
        write(&writer)
        connection.write(writer.bytes)
    }

    func log(_ event: String, _ fields: [(String, String)] = []) {
        services.log.event(event, on: connection, fields)
    }

    func logProblem(_ event: String, _ fields: [(String, String)] = []) {
        let user = login.map { [("user", $0.entry.address.description)] } ?? []
        services.log.problem(event, on: connection, user + fields)
    }

    var offer: SASLOffer { SASLOffer(for: connection, offersScram: services.settings.offersScram) }

    var capabilities: [String] {
        let situation = IMAPCapabilities.Situation(
            isEncrypted: connection.tls != nil, offersSTARTTLS: services.tls != nil, isLoggedIn: login != nil,
            mechanisms: offer.mechanisms)
        let settings = services.settings
        let numbers = IMAPCapabilities.Numbers(
            appendLimit: settings.messageLimit, handledLimit: settings.handledLimit,
            saveLimit: min(settings.saveLimit, IMAPLimits.appendMessages))
        return IMAPCapabilities.list(situation, numbers, withheld: withheld)
    }

    /// In capitals.
    var withheld: Set<String> { services.settings.capabilities.withheld(from: login?.entry, client: client) }
}

extension SessionLimits {
    var imapBeforeLogin: IMAPCommandAssembler.Limits {
        .init(
            text: lineBeforeLogin, literals: literalsBeforeLogin,
            discarded: IMAPCommandAssembler.Limits.beforeLogin.discarded)
    }
    var imapAfterLogin: IMAPCommandAssembler.Limits {
        .init(
            text: lineAfterLogin, literals: literalsAfterLogin,
            discarded: IMAPCommandAssembler.Limits.afterLogin.discarded)
    }
}

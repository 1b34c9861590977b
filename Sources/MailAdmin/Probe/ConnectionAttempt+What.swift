import MailMessage
import MailNetwork
package import MailStore

/// What happened, in one sentence.
extension ConnectionAttempt {
    package var what: String {
        switch end?.kind {
        case AttemptEnd.refused: refusedWords
        case AttemptEnd.proxyFailed: "no PROXY header came: \(end?.reason ?? "")"
        case AttemptEnd.handshakeFailed: handshakeWords
        default: conversation
        }
    }

    private var refusedWords: String {
        let cause: String =
            switch end?.reason.flatMap(Refusal.init) {
            case .tooManyFromAddress: "too many connections of this address"
            case .tooManyFromNetwork: "too many connections of this network"
            case .tooFastFromAddress: "too many new connections of this address in a minute"
            case .tooManyConnections: "the server has as many connections as it may"
            case .blocked: "the address is blocked (mailctl block list)"
            case .overloaded: "the server is overloaded"
            case nil: end?.reason ?? ""
            }
        let repeats = end?.repeats ?? 0
        return "refused: \(cause)" + (repeats > 0 ? ", and \(repeats) times more" : "")
    }

    // MARK: Conversations

    private var conversation: String {
        if let blunder { return blunder }
        if let end, end.kind == "tls", let alert = end.alert {
            return "TLS broken off by the client: \(TLSAlert.words(alert))"
        }
        switch login.result {
        case nil: return strangersWords
        case AttemptLogin.ok: return "logged in" + (misstep.map { "; \(words(of: $0))" } ?? "") + ending
        case let reason?: return "login refused: \(LoginReason.words(reason))"
        }
    }

    /// Another protocol than the port's: nothing else matters then.
    private var blunder: String? {
        switch misstep {
        case .tlsHello:
            "TLS hello where plain text comes first: the client is set to SSL/TLS, and port \(port) begins with STARTTLS"
        case .http: "an HTTP request where \(service) is spoken"
        case .ssh: "SSH where \(service) is spoken"
        default: nil
        }
    }

    private func words(of step: Misstep) -> String {
        switch step {
        case .tlsHello, .http, .ssh: "another protocol"
        case .loginWithoutTLS: "login refused: no TLS, the client is set to no encryption"
        case .mailWithoutTLS: "mail refused: no TLS, the client is set to no encryption"
        case .mailWithoutLogin: "mail refused: no login, the client is set to send without name and password"
        case .relay: "mail refused: to somewhere else without a login"
        case .sender: "mail refused: the sender's address is not one of the account's"
        case .mechanism: "login refused: the client wants a mechanism that is not offered"
        case .tooManySessions: "login refused: too many sessions of the account"
        }
    }

    private var strangersWords: String {
        if let misstep { return words(of: misstep) }
        guard let end else {
            return isImplicit && tls.version == nil ? "open: no TLS hello has come yet" : "open: no login yet"
        }
        guard let last = lastCommand else { return silentWords + ending }
        let without = [wantsTLS ? "TLS" : nil, service == "smtp" ? nil : "a login"].compactMap { $0 }
        let lacks = without.isEmpty ? "" : " without " + without.joined(separator: " or ")
        return "ended after \(last)\(lacks)" + (end.kind == "quit" || end.kind == "closed" ? "" : ending)
    }

    /// The client has heard the greeting, or was shown the certificate, and went.
    private var silentWords: String {
        tls.version == nil
            ? "said nothing after the greeting"
            : "TLS was made, and then came no command: some programs do so when they do not trust the certificate"
    }

    /// Nil when there was none, or none since TLS.
    private var lastCommand: String? {
        guard let command = end?.command, !(["starttls", "stls"].contains(command) && tls.version != nil) else {
            return nil
        }
        return command == "bad" ? "what was no command" : command.uppercased()
    }

    private var wantsTLS: Bool { tls.version == nil && !isImplicit }

    private var ending: String {
        switch end?.kind {
        case nil: ", still open"
        case "quit": ", ended in good order"
        case "closed": ", ended without a word"
        case "reset": ", ended by a reset"
        case "timeout": ", ended because nothing came for too long"
        case "too_slow": ", ended because it took too long"
        case "draining": ", ended because the server stopped"
        case "dismissed": ", ended by an administrator or because the account has changed"
        case "tls": ", ended by a fault in TLS"
        case "limit": ", ended by the server, which had enough"
        case let kind?: ", ended: \(kind)"
        }
    }

    // MARK: Handshakes

    var isImplicit: Bool { ["imaps", "pop3s", "submissions"].contains(service) }

    private var handshakeWords: String {
        let place = isImplicit ? "on the TLS port" : "after STARTTLS"
        switch end?.reason.flatMap(HandshakeCause.init) {
        case .silence: return silence
        case .plaintext: return "plain text \(place)"
        case .http: return "an HTTP request \(place)"
        case .injection: return "commands right behind STARTTLS, before TLS: a faulty client, or somebody between"
        case let cause: return "TLS handshake failed: \(words(of: cause))"
        }
    }

    /// Whoever looks whether a port is open goes at once; whoever waits for a greeting stays.
    private var silence: String {
        guard isImplicit else { return "after STARTTLS nothing came" }
        let seconds = end?.seconds ?? 0
        guard seconds > 1 else { return "connected to the TLS port and hung up without a word" }
        return "no TLS hello in \(seconds) s on the TLS port: the client waits for a greeting, as with STARTTLS"
    }

    private func words(of cause: HandshakeCause?) -> String {
        switch cause {
        case .alert: TLSAlert.words(end?.alert ?? 0)
        case .version: "the client offers \(tls.offered ?? "a version") at most, and this server begins with TLSv1.2"
        case .cipher: "client and server have no cipher in common"
        case .alpn: "the client wants another protocol than this port has (ALPN)"
        case .hungUp: "the client hung up; some do so when they do not trust the certificate"
        case .timeout: "the client went silent in the middle"
        case .silence, .plaintext, .http, .injection, .other, nil: end?.detail ?? "for an unknown reason"
        }
    }
}

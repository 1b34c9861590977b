package import MailIdentity
import MailStore
package import MailWire

/// One SASL exchange (RFC 4422) as SMTP, IMAP and POP3 share it: base64 lines in, steps out; no I/O of its own.
///
/// The session writes a `.challenge` as `334 ` or `+ ` with `SASLBase64`, reads a line of at most
/// `SASLExchange.lineLimit` and gives it to `respond`. A failure has waited inside the authenticator already.
package struct SASLExchange: Sendable {
    package static let lineLimit = SMTPLimits.saslLine

    package enum Step: Sendable {
        /// Decoded bytes; empty for a client that speaks first.
        case challenge([UInt8])
        case success(Admission)
        case failed(SASLFailure)
    }

    private enum State: Sendable {
        case plain
        case loginUser
        case loginPassword(user: String)
        case scramFirst(ScramExchange)
        case scramFinal(ScramExchange)
        /// The server's proof is sent; the client has to answer it with an empty line.
        case scramProven(Admission)
        case over
    }

    /// The name the client gave, for the log; nil before it did.
    package private(set) var claimedUser: String?

    static func logField(_ user: String?) -> [(String, String)] { user.map { [("user", $0)] } ?? [] }

    private let authenticator: Authenticator
    private let origin: LoginOrigin
    private var state: State

    package init(_ mechanism: SASLMechanism, offer: SASLOffer, authenticator: Authenticator, origin: LoginOrigin) {
        self.authenticator = authenticator
        self.origin = origin
        switch mechanism {
        case .plain: state = .plain
        case .login: state = .loginUser
        case .scramSHA256, .scramSHA256Plus:
            let plus = mechanism == .scramSHA256Plus
            state = .scramFirst(authenticator.scram(plus: plus, bindings: offer.bindings, from: origin))
        }
    }

    /// `initialResponse` is base64 as it came with the command; `=` is the empty response (RFC 4954 §4).
    package mutating func begin(initialResponse: [UInt8]?) async -> Step {
        switch (state, initialResponse) {
        case (_, [UInt8(ascii: "=")]): return await take([])
        case (_, let response?): return await respond(response)
        case (.loginUser, nil): return .challenge(LoginPrompt.user)
        default: return .challenge([])
        }
    }

    /// A line from the client: base64, or `*` to cancel.
    package mutating func respond(_ line: [UInt8]) async -> Step {
        guard line != [UInt8(ascii: "*")] else { return fail(.cancelled) }
        guard line.count <= Self.lineLimit, let message = SASLBase64.decode(line) else { return fail(.malformed) }
        return await take(message)
    }

    private mutating func take(_ message: [UInt8]) async -> Step {
        switch state {
        case .plain: return await plain(message)
        case .loginUser: return loginUser(message)
        case .loginPassword(let user): return await finish(user: user, password: message)
        case .scramFirst(let exchange): return await scramFirst(exchange, message)
        case .scramFinal(let exchange): return await scramFinal(exchange, message)
        case .scramProven(let admission):
            state = .over
            return message.isEmpty ? .success(admission) : fail(.malformed)
        case .over: return fail(.malformed)
        }
    }

    private mutating func plain(_ message: [UInt8]) async -> Step {
        guard let plain = try? PlainMessage(message) else { return fail(.malformed) }
        claimedUser = plain.authentication
        // We deliberately let nobody act for somebody else.
        guard plain.authorization.isEmpty || plain.authorization == plain.authentication else {
            return fail(.denied(.wrong))
        }
        return await finish(user: plain.authentication, password: plain.password)
    }

    private mutating func loginUser(_ message: [UInt8]) -> Step {
        guard !message.isEmpty, let user = String(validating: message, as: UTF8.self) else { return fail(.malformed) }
        state = .loginPassword(user: user)
        claimedUser = user
        return .challenge(LoginPrompt.password)
    }

    private mutating func finish(user: String, password: [UInt8]) async -> Step {
        state = .over
        let outcome = await authenticator.login(name: user, password: password, from: origin)
        return outcome.admission.map(Step.success) ?? .failed(.denied(outcome))
    }

    private mutating func scramFirst(_ exchange: ScramExchange, _ message: [UInt8]) async -> Step {
        var exchange = exchange
        let reply = await exchange.clientFirst(message)
        if !exchange.name.isEmpty { claimedUser = exchange.name }
        switch reply {
        case .challenge(let challenge):
            state = .scramFinal(exchange)
            return .challenge(challenge)
        case .failed(let outcome, _): return fail(.denied(outcome))
        }
    }

    private mutating func scramFinal(_ exchange: ScramExchange, _ message: [UInt8]) async -> Step {
        var exchange = exchange
        switch await exchange.clientFinal(message) {
        case .success(let admission, let serverFinal):
            state = .scramProven(admission)
            return .challenge(serverFinal)
        case .failed(let outcome, _): return fail(.denied(outcome))
        }
    }

    private mutating func fail(_ failure: SASLFailure) -> Step {
        state = .over
        return .failed(failure)
    }
}

/// Why an exchange ended without a login.
package enum SASLFailure: Sendable {
    case cancelled
    /// Not base64, or not a message of the mechanism.
    case malformed
    case denied(LoginOutcome)

    /// For the log: `reason=`.
    package var reason: String {
        switch self {
        case .cancelled: "cancelled"
        case .malformed: "malformed"
        case .denied(let outcome): outcome.reason
        }
    }
}

extension LoginOutcome {
    /// For the log: `reason=`.
    package var reason: String {
        switch self {
        case .success: "none"
        case .wrong: "badpw"
        case .passwordChanged: "oldpw"
        case .locked: "locked"
        case .suspended: "suspended"
        case .refused(let refusal): refusal.name
        case .noPassword: "nopassword"
        case .unavailable: "unavailable"
        }
    }
}

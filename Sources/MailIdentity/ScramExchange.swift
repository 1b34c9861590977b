import MailStore

/// One SCRAM conversation of one connection: the pure `ScramServer` and the directory behind it.
package struct ScramExchange: Sendable {
    package enum Reply: Sendable {
        /// Send this as the challenge; the client's next message goes to `clientFinal`.
        case challenge([UInt8])
        /// Over; `serverError` (`e=...`) may be sent as a last challenge where the protocol has room for it.
        case failed(LoginOutcome, serverError: [UInt8])
    }

    package enum FinalReply: Sendable {
        /// The proof is right: `serverFinal` (`v=...`) goes to the client, with the success or before it.
        case success(Admission, serverFinal: [UInt8])
        case failed(LoginOutcome, serverError: [UInt8])
    }

    static let otherError = Array("e=other-error".utf8)

    private let authenticator: Authenticator
    private var server: ScramServer
    private let origin: LoginOrigin
    private var attempt: Authenticator.Attempt?
    private var account: ScramAccount?
    /// The name the client gave, for the log.
    package private(set) var name = ""

    init(authenticator: Authenticator, server: ScramServer, origin: LoginOrigin) {
        self.authenticator = authenticator
        self.server = server
        self.origin = origin
    }

    package mutating func clientFirst(_ message: [UInt8]) async -> Reply {
        do {
            name = try server.clientFirst(message)
        } catch {
            return .failed(.wrong, serverError: error.message)
        }
        let attempt = Authenticator.Attempt(name: name, origin: origin)
        self.attempt = attempt
        if let seconds = authenticator.retryAfter(attempt) {
            return .failed(.locked(retryAfter: seconds), serverError: Self.otherError)
        }
        guard let account = try? await authenticator.scramKeys(name: name) else {
            return .failed(.unavailable, serverError: Self.otherError)
        }
        self.account = account
        guard let challenge = server.serverFirst(keys: account.keys) else {
            return .failed(.unavailable, serverError: Self.otherError)
        }
        return .challenge(challenge)
    }

    package mutating func clientFinal(_ message: [UInt8]) async -> FinalReply {
        guard let attempt else { return .failed(.wrong, serverError: ScramError.malformed.message) }
        let final: (signature: [UInt8], index: Int?)
        do {
            final = try server.clientFinal(
                message, former: account?.former, beside: account?.appPasswords.compactMap(\.scram) ?? [])
        } catch {
            let outcome: LoginOutcome =
                error == .proofFormer ? .passwordChanged(isTold: authenticator.isKnown(attempt)) : .wrong
            await authenticator.settle(outcome, attempt, fingerprint: nil)
            return .failed(outcome, serverError: error.message)
        }
        guard let account, let entry = account.entry else {
            await authenticator.settle(.wrong, attempt, fingerprint: nil)
            return .failed(.wrong, serverError: ScramError.proofWrong.message)
        }
        let app = final.index.flatMap { account.appPasswords.dropFirst($0).first }
        let outcome = authenticator.outcome(of: entry, by: app, account.facts, attempt)
        guard case .success(let admission) = outcome else {
            return .failed(outcome, serverError: Self.otherError)
        }
        await authenticator.settle(outcome, attempt, fingerprint: nil)
        return .success(admission, serverFinal: final.signature)
    }
}

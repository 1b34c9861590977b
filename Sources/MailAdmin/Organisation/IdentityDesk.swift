package import MailOpenID
package import MailStore

/// Where the pages learn who somebody is in the organisation: asks the operator's program, or the organisation's provider.
///
/// It is the identity worker's part: the pages talk with strangers, and so start no program, dial nobody and read no secret.
package final class IdentityDesk: Sendable {
    /// At a time; the others wait their turn.
    package static let slots = 16
    package static let socketName = "identity.sock"

    private let program: PersonsProgram?
    private let provider: OpenIDProvider?
    private let clock: @Sendable () -> Int64

    package init(program: PersonsProgram?, provider: OpenIDProvider?, clock: @escaping @Sendable () -> Int64) {
        (self.program, self.provider, self.clock) = (program, provider, clock)
    }

    /// Answers until the socket is closed.
    package func open(store: String) throws(StoreError) -> ServiceSocket {
        let socket = ServiceSocket(store: store, name: Self.socketName, slots: Self.slots)
        try socket.open { self.answer($0) }
        return socket
    }

    private func answer(_ frame: [UInt8]) -> [UInt8] {
        guard let request = DeskRequest(frame: frame) else {
            return DeskAnswer.unavailable("a question that nobody understands").frame
        }
        return answer(request).frame
    }

    /// Blocking.
    package func answer(_ request: DeskRequest) -> DeskAnswer {
        switch request {
        case .check(let name, let password): check(name, password)
        case .authorise(let state, let nonce, let verifier, let redirect):
            ask { provider throws(OpenIDFailure) in
                .place(try provider.place(state: state, nonce: nonce, verifier: verifier, redirect: redirect))
            }
        case .redeem(let code, let redirect, let verifier, let nonce, let issuer):
            ask { provider throws(OpenIDFailure) in
                let grant = CodeGrant(code: code, redirect: redirect, verifier: verifier, nonce: nonce)
                return .person(try provider.person(grant, issuer: issuer))
            }
        }
    }

    private func check(_ name: String, _ password: [UInt8]) -> DeskAnswer {
        guard let program else { return .unavailable("identity.program is not set") }
        return switch program.check(name: name, password: password, at: clock()) {
        case .right: .right
        case .wrong: .wrong
        case .unavailable(let words): .unavailable(words)
        }
    }

    private func ask(_ body: (OpenIDProvider) throws(OpenIDFailure) -> DeskAnswer) -> DeskAnswer {
        guard let provider else { return .unavailable("identity.oidc_issuer is not set") }
        do throws(OpenIDFailure) {
            return try body(provider)
        } catch {
            return switch error {
            case .refused(let words): .refused(words)
            case .notTaken(let words): .notTaken(words)
            case .unavailable(let words): .unavailable(words)
            }
        }
    }
}

/// Asks the desk from another process. Blocking.
package struct DeskCall: Sendable {
    /// Beyond what a program or a provider may take.
    private static let patience = 5

    private let call: ServiceCall
    private let seconds: Int

    /// `seconds`: what the program may take.
    package init(store: String, programSeconds seconds: Int) {
        call = ServiceCall(store: store, name: IdentityDesk.socketName)
        self.seconds = max(seconds, OpenIDLimits.seconds) + Self.patience
    }

    package func ask(_ request: DeskRequest) -> DeskAnswer {
        call.ask(request.frame, seconds: seconds).flatMap { DeskAnswer(frame: $0) }
            ?? .unavailable("the identity worker does not answer")
    }
}

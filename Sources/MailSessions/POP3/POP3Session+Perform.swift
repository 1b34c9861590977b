import MailWire

extension POP3Session {
    /// Which command is allowed when, in one place. Commands send their own replies: many are long.
    func perform(_ command: POP3Command) async throws {
        switch (state, command) {
        case (_, .capa): try await capa()
        case (_, .utf8): utf8()
        case (.authorization, .quit): send(.ok("Bye"))
        case (.authorization, .stls): try await stls()
        case (.authorization, .user(let name)): try user(name)
        case (.authorization(let user), .pass(let password)): try await pass(password, for: user)
        case (_, .apop): throw POP3Error.apopOff
        case (.authorization, .auth(let mechanism, let response)):
            try await auth(mechanism, initialResponse: response)
        case (.transaction(let login), _): try await perform(command, with: login)
        default: throw POP3Error.notAllowedNow
        }
    }

    private func perform(_ command: POP3Command, with login: POP3Login) async throws {
        switch command {
        case .stat: stat(login.maildrop)
        case .list(let number): try await list(number, login.maildrop)
        case .uidl(let number): try await uidl(number, login.maildrop)
        case .retr(let number): try await retr(number, login)
        case .top(let number, let lines): try await top(number, lines: lines, login)
        case .dele(let number): try dele(number, login)
        case .rset: rset(login)
        case .noop: send(.ok(""))
        case .quit: await quit(login)
        default: throw POP3Error.notAllowedNow
        }
    }
}

import MailIdentity
import MailMessage
import MailShared
import MailStore
import MailTransport
import MailWire

/// What is done between two waits of the conversation.
extension IMAPSession {
    /// False when the conversation is over.
    func act(on input: Input) async throws -> Bool {
        switch input {
        case .line(let line) where idling != nil: try await endIdle(line)
        case .line(let line): try await act(on: line)
        case .tooLong(let line): try await act(on: assembler.lineTooLong(head: line.head, tail: line.tail))
        case .bytes(let chunk): try await act(on: assembler.bytes(chunk))
        case .news: try await tellWaiting()
        }
        guard case .logout = state else { return true }
        summary.reason = .quit
        return false
    }

    private func act(on line: InputLine) async throws {
        if notifications != nil { try watch().setIdling(false) }
        if login == nil, let foreign = ForeignProtocol(in: line.bytes) {
            services.attempts?.misstep(Misstep(foreign), on: connection)
            services.authenticator.noteMisuse(from: connection.peer)
            throw IMAPFailure.bye("This is IMAP", code: .clientBug)
        }
        try await act(on: assembler.line(line.bytes))
    }

    private func act(on step: IMAPCommandAssembler.Step) async throws {
        switch step {
        case .more, .appended: break
        case .sendContinuation: send { $0.continuation() }
        case .failed(let error):
            summary.commands += 1
            summary.last = .imap(.bad)
            services.metrics.observe(.imap(.bad), 0)
            send { $0.failure(error) }
            try countBad(true)
        case .append(let command, _), .command(let command): try await perform(command)
        }
    }

    /// Checks the state, does the command, tells the news, and answers; of IDLE only the beginning.
    private func perform(_ command: IMAPCommand) async throws {
        try countBeforeLogin()
        let watch = Stopwatch()
        summary.commands += 1
        summary.last = command.body.metric
        defer { services.metrics.observe(command.body.metric, watch.microseconds) }
        let reply: IMAPReply
        defer { endProgress() }
        do {
            try admit(command)
            if command.body.tellsProgress { beginProgress(command.tag) }
            guard let done = try await run(command) else { return }
            noteOwn(command.body, done.code)
            reply = done
        } catch {
            return try await answer(failureReply(error, of: command.name), tag: command.tag)
        }
        try await conclude(reply, of: command.name, command.body.rule, tag: command.tag)
    }

    private func admit(_ command: IMAPCommand) throws {
        guard command.body.rule.states.contains(state.kind) else { throw wrongState(command) }
        if features.contains(.uidOnly), command.body.namesNumbers {
            throw IMAPFailure.bad("Only UIDs are used here", code: .uidRequired)
        }
    }

    /// What the command did is done, whatever becomes of the news: an APPEND that seems to fail is sent again.
    func conclude(_ reply: IMAPReply, of command: String, _ rule: CommandRule, tag: String) async throws {
        var end: (any Error)?
        if rule.tellsNews, hasNews { end = await newsFailure(of: command, mayExpunge: !rule.holdsNumbers) }
        try await answer(reply, tag: tag, before: end)
    }

    /// `end`: what ends the session once it is said.
    func answer(_ reply: IMAPReply, tag: String, before end: (any Error)? = nil) async throws {
        send { $0.status(reply.status, tag: tag, code: reply.code, reply.text) }
        if let end { throw end }
        try countBad(reply.status == .bad)
        if startsTLS { try await upgrade() }
        if startsCompression { try beginCompression() }
    }

    /// Between the commands of a client that listens there.
    private func tellWaiting() async throws {
        if idling != nil { return try await tellIdling() }
        guard let notifications else { return }
        let end = await newsFailure(of: "NOTIFY", mayExpunge: !notifications.plan.isDelayed, isWaiting: true)
        if let end { throw end }
    }

    private func newsFailure(of command: String, mayExpunge: Bool, isWaiting: Bool = false) async -> (any Error)? {
        do {
            try await tellNews(mayExpunge: mayExpunge, isWaiting: isWaiting)
        } catch {
            do { _ = try failureReply(error, of: command) } catch { return error }
        }
        return nil
    }

    private func wrongState(_ command: IMAPCommand) -> IMAPFailure {
        if command.body.appending != nil { assembler.refuseMessage() }
        switch state {
        case .notAuthenticated: return .bad("\(command.name) needs a login first")
        case .authenticated where command.body.rule.states == .selected: return .bad("No mailbox is selected")
        default: return .bad("\(command.name) is not possible now")
        }
    }

    /// The reply for what went wrong; throws on what ends the session.
    func failureReply(_ error: any Error, of command: String) throws -> IMAPReply {
        let failure: IMAPFailure
        switch error {
        case let known as IMAPFailure: failure = known
        case let known as StoreError:
            if case .outOfTime = known { services.metrics.add(.limitCommandTime) }
            failure = IMAPFailure(known)
        default: throw error
        }
        if let cause = failure.cause {
            logProblem("command_failed", [("command", command), ("cause", cause)] + repair(error))
        }
        if failure.reply.code == .privacyRequired { services.attempts?.misstep(.loginWithoutTLS, on: connection) }
        if failure.endsSession { throw failure }
        return failure.reply
    }

    /// The file and what an administrator can do, when an account's database is damaged.
    private func repair(_ error: any Error) -> [(String, String)] {
        guard case .damaged(let file, _)? = error as? StoreError, let login else { return [] }
        return [("file", file), ("repair", "mailctl store check --repair \(login.entry.address)")]
    }

    /// A client that only ever gets it wrong is no mail client.
    private func countBad(_ isBad: Bool) throws {
        badInARow = isBad ? badInARow + 1 : 0
        guard badInARow < services.settings.limits.badCommands else {
            services.authenticator.noteMisuse(from: connection.peer)
            throw IMAPFailure.bye("Too many wrong commands", code: .clientBug)
        }
    }

    /// Nobody needs many commands to log in.
    private func countBeforeLogin() throws {
        guard login == nil else { return }
        commandsBeforeLogin += 1
        guard commandsBeforeLogin <= services.settings.limits.commandsBeforeLogin else {
            throw IMAPFailure.bye("Too many commands without a login", code: .limit)
        }
    }
}

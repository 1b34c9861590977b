import MailIdentity
import MailMessage
import MailShared
import MailStore
package import MailTransport
import MailWire

/// One IMAP conversation, from greeting to good-bye: an actor on its connection's event loop, in straight lines.
///
/// The commands are extensions, one file each, in Commands/.
package actor IMAPSession {
    let connection: Connection
    let services: SessionServices
    var state = IMAPState.notAuthenticated
    var features: IMAPFeatures = []
    var assembler: IMAPCommandAssembler
    /// STARTTLS has been answered OK with the reply now being written.
    var startsTLS = false
    /// The same, with COMPRESS.
    var startsCompression = false
    private var badInARow = 0
    /// What the last line of the log will say.
    private var summary = SessionEnd()
    var commandsBeforeLogin = 0
    /// What the program calls itself (RFC 2971): its name and version.
    var client: String?
    /// What NOTIFY has set up; nil until it is used.
    var notifications: Notifications?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { connection.executor.asUnownedSerialExecutor() }

    package init(connection: Connection, services: SessionServices) {
        self.connection = connection
        self.services = services
        assembler = IMAPCommandAssembler(limits: services.settings.limits.imapBeforeLogin)
    }

    /// The whole conversation. The listener closes the connection when it returns.
    @discardableResult
    package func run() async -> SessionEnd {
        connection.setIdleTimeout(seconds: services.settings.limits.idleBeforeLogin)
        connection.setDeadline(seconds: services.settings.limits.loginSeconds)
        send { $0.status(.ok, code: .capability(capabilities), "\(services.settings.hostName) is ready") }
        do {
            while case let step? = try await nextStep(), try await act(on: step) {}
        } catch {
            summary.reason = .init(error)
            sayGoodBye(after: error)
        }
        end()
        return summary
    }

    /// Reads what the assembler wants; nil when the client has gone.
    private func nextStep() async throws -> IMAPCommandAssembler.Step? {
        switch assembler.need {
        case .line(let limit):
            connection.setPace(nil)
            return try await nextLine(limit)
        case .literal(let count): return try await feed(UInt64(clamping: count))
        case .discard(let count), .message(let count): return try await feed(count)
        case .close: throw IMAPFailure.bye("Too much to skip after an error", code: .limit)
        }
    }

    /// Of a line over the limit only the ends are left: what was begun is forgotten, and the session goes on.
    private func nextLine(_ limit: Int) async throws -> IMAPCommandAssembler.Step? {
        let line: [UInt8]
        do {
            guard let bytes = try await commandLine(limit + 2)?.bytes else { return nil }
            line = bytes
        } catch let error as ConnectionError {
            guard case .lineTooLong(let line) = error else { throw error }
            return assembler.lineTooLong(head: line.head, tail: line.tail)
        }
        if login == nil, ForeignProtocol.isSpoken(in: line) { throw foreignProtocol() }
        return assembler.line(line)
    }

    /// RFC 5465 §3.1: a client that has used NOTIFY listens between its commands too.
    private func commandLine(_ limit: Int) async throws -> InputLine? {
        guard let notifications, assembler.isBetweenCommands else { return try await connection.readLine(limit: limit) }
        let watch = try watch()
        watch.setIdling(true)
        defer { watch.setIdling(false) }
        while true {
            if hasNews, let end = await newsFailure(of: "NOTIFY", mayExpunge: !notifications.plan.isDelayed, true) {
                throw end
            }
            switch try await connection.readLineOrSignal(limit: limit) {
            case .signal: continue
            case .closed: return nil
            case .line(let line): return line
            }
        }
    }

    private func foreignProtocol() -> IMAPFailure {
        services.authenticator.noteMisuse(from: connection.peer)
        return .bye("This is IMAP", code: .clientBug)
    }

    /// Bytes as they come: also those of a refused message, which are dropped.
    private func feed(_ count: UInt64) async throws -> IMAPCommandAssembler.Step? {
        connection.beginPace(services.settings.limits.pace)
        let most = Int(clamping: min(count, UInt64(Self.chunkSize)))
        guard let chunk = try await connection.readChunk(max: most) else { return nil }
        return assembler.bytes(chunk)
    }

    /// False when the conversation is over.
    private func act(on step: IMAPCommandAssembler.Step) async throws -> Bool {
        switch step {
        case .more, .appended: break
        case .sendContinuation: send { $0.continuation() }
        case .failed(let error):
            summary.commands += 1
            services.metrics.observe(.imap(.bad), 0)
            send { $0.failure(error) }
            try countBad(true)
        case .append(let command, _):
            try await perform(command) { try await self.apart { try await $0.runAppend(command) } }
        case .command(let command):
            try await perform(command) { try await self.run(command) }
        }
        guard case .logout = state else { return true }
        summary.reason = .quit
        return false
    }

    /// Checks the state, does the command, tells the news, and answers.
    private func perform(_ command: IMAPCommand, _ body: () async throws -> IMAPReply) async throws {
        try countBeforeLogin()
        let rule = command.body.rule
        let watch = Stopwatch()
        summary.commands += 1
        defer { services.metrics.observe(command.body.metric, watch.microseconds) }
        let reply: IMAPReply
        var end: (any Error)?
        do {
            guard rule.states.contains(state.kind) else { throw wrongState(command) }
            if features.contains(.uidOnly), command.body.namesNumbers {
                throw IMAPFailure.bad("Only UIDs are used here", code: .uidRequired)
            }
            reply = try await body()
            noteOwn(command.body, reply.code)
            if rule.tellsNews, hasNews { end = await newsFailure(of: command.name, mayExpunge: !rule.holdsNumbers) }
        } catch {
            reply = try failureReply(error, of: command.name)
        }
        send { $0.status(reply.status, tag: command.tag, code: reply.code, reply.text) }
        if let end { throw end }
        try countBad(reply.status == .bad)
        if startsTLS { try await upgrade() }
        if startsCompression { try beginCompression() }
    }

    /// What the command did is done, whatever becomes of the news: an APPEND that seems to fail is sent again.
    private func newsFailure(of command: String, mayExpunge: Bool, _ isWaiting: Bool = false) async -> (any Error)? {
        do {
            try await apart { try await $0.tellNews(mayExpunge: mayExpunge, isWaiting: isWaiting) }
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
    private func failureReply(_ error: any Error, of command: String) throws -> IMAPReply {
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

    private func sayGoodBye(after error: any Error) {
        switch error {
        case let failure as IMAPFailure: send { $0.status(.bye, code: failure.reply.code, failure.reply.text) }
        case ConnectionError.timedOut: send { $0.status(.bye, "Nothing came for too long") }
        case ConnectionError.tooSlow: send { $0.status(.bye, code: .limit, "Too slow") }
        case ConnectionError.draining: send { $0.status(.bye, code: .unavailable, "The server is stopping") }
        case ConnectionError.dismissed:
            send { $0.status(.bye, "The account or its password has been changed: log in again") }
        case ConnectionError.lineTooLong, ConnectionError.endlessLine:
            send { $0.status(.bye, code: .limit, "The line is too long") }
        default: break
        }
    }

    /// Also what LOGOUT does.
    func end() {
        if let login {
            login.watch.stop()
            summary.user = login.entry.address.description
            services.sessions?.leave(login.entry.id)
        }
        notifications?.stop()
        state = .logout
    }
}

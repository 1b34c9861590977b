import MailIdentity
import MailMessage
import MailShared
import MailStore
package import MailTransport
import MailWire

/// One POP3 conversation (RFC 1939), from greeting to QUIT: an actor on its connection's event loop, in straight lines.
package actor POP3Session {
    /// RFC 1939 §3: the autologout timer is at least 10 minutes.
    static let idleSeconds = 600

    let connection: Connection
    let services: SessionServices
    var state = POP3State.authorization(user: nil)
    var offer = SASLOffer.none
    private var badInRow = 0
    private var end = SessionEnd()
    /// The account that counts this session.
    var counted: AccountID? {
        didSet { if let oldValue { services.sessions?.leave(oldValue) } }
    }
    private var commandsBeforeLogin = 0
    /// Octets written since the last wait for the client.
    private var unacknowledged = 0

    package nonisolated var unownedExecutor: UnownedSerialExecutor { connection.executor.asUnownedSerialExecutor() }

    package init(connection: Connection, services: SessionServices) {
        self.connection = connection
        self.services = services
    }

    /// The whole conversation. The listener closes the connection when it returns. Whoever goes without QUIT deletes nothing.
    @discardableResult
    package func run() async -> SessionEnd {
        connection.setIdleTimeout(seconds: services.settings.limits.idleBeforeLogin)
        defer { counted = nil }
        connection.setDeadline(seconds: services.settings.limits.loginSeconds)
        offer = SASLOffer(for: connection, offersScram: services.offersScram)
        send(.ok("\(services.settings.hostName) POP3 ready"))
        do {
            while try await step() {}
        } catch let error as POP3Error {
            end.reason = .limit
            send(error.reply)
        } catch {
            end.reason = .init(error)
            if let reply = POP3Reply.goodBye(after: error) { send(reply) }
        }
        if case .transaction(let login) = state { end.user = login.entry.address.description }
        return end
    }

    /// One command and its reply; false when the conversation is over.
    private func step() async throws -> Bool {
        guard let line = try await readCommand() else { return false }
        try checkBeforeLogin(try? line.get())
        let watch = Stopwatch()
        var metric = MetricCommand.pop3(.bad)
        end.commands += 1
        defer {
            end.last = metric
            services.metrics.observe(metric, watch.microseconds)
        }
        do {
            let command = try POP3Command.parse(try line.get())
            metric = command.metric
            try await perform(command)
            if case .retr = command { end.messages += 1 }
            if !command.isHalfALogin { badInRow = 0 }
            if case .quit = command {
                end.reason = .quit
                return false
            }
        } catch let error as POP3Error {
            if let cause = error.cause { log(problem: "failed", [("cause", cause)]) }
            if let step = Misstep(error) { services.attempts?.misstep(step, on: connection) }
            send(error.reply)
            try countBad(error)
        }
        return true
    }

    /// Nil when the client is gone. A bare LF does as the end of a command: nothing can hide behind it here.
    private func readCommand() async throws -> Result<[UInt8], POP3Error>? {
        do {
            let limit = services.settings.limits.lineBeforeLogin  // after login no line is as long
            return try await connection.readLine(limit: limit + 2).map { .success($0.bytes) }
        } catch {
            guard case .lineTooLong = error else { throw error }
            return .failure(.lineTooLong)
        }
    }

    private func countBad(_ error: POP3Error) throws(POP3Error) {
        badInRow = error.isMisuse ? badInRow + 1 : badInRow
        guard badInRow < services.settings.limits.badCommands else {
            services.authenticator.noteMisuse(from: connection.peer)
            throw .tooManyErrors
        }
    }

    /// Nobody needs many commands to log in. What is thrown here ends the session.
    private func checkBeforeLogin(_ line: [UInt8]?) throws(POP3Error) {
        guard case .authorization = state else { return }
        commandsBeforeLogin += 1
        guard commandsBeforeLogin <= services.settings.limits.commandsBeforeLogin else { throw .tooManyCommands }
        guard let line, let foreign = ForeignProtocol(in: line) else { return }
        services.attempts?.misstep(Misstep(foreign), on: connection)
        services.authenticator.noteMisuse(from: connection.peer)
        throw .foreignProtocol
    }

    func send(_ reply: POP3Reply) { connection.write(reply.bytes) }

    /// For what may be large: waits for the client now and then, so that whoever does not read fills no memory.
    func write(_ output: [UInt8]) async throws(ConnectionError) {
        connection.write(output)
        unacknowledged += output.count
        guard unacknowledged >= Connection.longestBatch else { return }
        unacknowledged = 0
        try await connection.drain()
    }

    func log(problem: String, _ fields: [(String, String)]) { services.log.problem(problem, on: connection, fields) }
}

/// RFC 1939 §3; the UPDATE state is QUIT itself.
enum POP3State {
    case authorization(user: String?)
    case transaction(POP3Login)
}

/// What a logged-in session holds. A class, so that marking one message among many copies nothing.
final class POP3Login {
    let entry: AccountEntry
    let account: Account
    var maildrop: Maildrop
    var prefetch = BodyPrefetch()

    init(entry: AccountEntry, account: Account, maildrop: Maildrop) {
        self.entry = entry
        self.account = account
        self.maildrop = maildrop
    }
}

extension POP3Command {
    /// USER is answered the same whatever the name: a success of it says nothing about who is asking.
    fileprivate var isHalfALogin: Bool { if case .user = self { true } else { false } }
}

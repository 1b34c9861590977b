import MailFilter
import MailIdentity
import MailMessage
import MailShared
import MailStore
package import MailTransport
import MailWire

/// One SMTP conversation, from greeting to QUIT: an actor on its connection's event loop, in straight lines.
///
/// The commands are extensions, one file each, in Commands/. Replies of a pipelined group go out together, because the
/// connection flushes only when it has to wait (RFC 2920 §3.2).
package actor SMTPSession {
    let connection: Connection
    let services: SessionServices
    let policy: SMTPPolicy
    var state = SMTPState()
    private var counters: SMTPCounters
    /// Unlike any other connection's, whatever process it is in.
    private let idStem: String
    private var messageCount = 0
    private var end = SessionEnd()
    /// What the connection's deadline is for now.
    var timedPart = TimedPart.greeting
    /// Who looks at mail beside us; nil: nobody.
    let gate: InboundGate?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { connection.executor.asUnownedSerialExecutor() }

    package init(connection: Connection, services: SessionServices, policy: SMTPPolicy) {
        self.connection = connection
        self.services = services
        self.policy = policy
        counters = SMTPCounters(policy)
        gate = services.filters.map(InboundGate.init)
        idStem = String(UInt32.random(in: .min ... .max), radix: 36)
    }

    /// The whole conversation. The listener closes the connection when it returns.
    @discardableResult
    package func run() async -> SessionEnd {
        connection.setIdleTimeout(seconds: policy.idleSeconds)
        connection.setDeadline(seconds: greetingSeconds)
        state.offer = SASLOffer(
            for: connection, offersScram: services.offersScram, offersPlus: services.settings.smtpOffersScramPlus)
        do {
            try await greet()
            while try await step() {}
        } catch let error as SMTPLastWords {
            end.reason = .limit
            send(error.reply)
        } catch {
            end.reason = .init(error)
            if let reply = SMTPReply.goodBye(after: error) { send(reply) }
        }
        await gate?.close()
        end.user = state.account?.address.description
        return end
    }

    /// One command and its reply; false when the conversation is over.
    private func step() async throws -> Bool {
        guard let line = try await readCommand() else { return false }
        let watch = Stopwatch()
        var metric = MetricCommand.smtp(.bad)
        end.commands += 1
        var known: SMTPCommand?
        defer {
            end.last = metric
            services.metrics.observe(metric, watch.microseconds)
        }
        do {
            let command = try SMTPCommand.parse(try line.get())
            (known, metric) = (command, command.metric)
            let reply = try await perform(command)
            if let reply { send(reply) }
            setTransactionDeadline()
            if case .quit = command {
                end.reason = .quit
                return false
            }
            try lastWords(counters.noteSuccess(isJunk: command.isJunk))
        } catch let error as SMTPError {
            noteMisstep(error, to: known, line)
            try refuse(error)
        }
        return true
    }

    /// Nil when the client is gone; a line that is none is the client's error, not the connection's.
    private func readCommand() async throws -> Result<[UInt8], SMTPError>? {
        do {
            let isBusy = state.transaction != nil  // a stopping server lets a message that is begun come in
            let line = try await connection.readLine(limit: SMTPLimits.commandLine + 2, continuing: isBusy)
            guard let line else { return nil }
            // RFC 5321 §2.3.8: a line that ends in a bare LF, or holds a bare CR, is no line.
            let isClean = line.terminator == .crlf && !line.bytes.contains(0x0d)
            return isClean ? .success(line.bytes) : .failure(.bareLineEnding)
        } catch {
            guard case .lineTooLong = error else { throw error }
            return .failure(.lineTooLong)
        }
    }

    /// What is done about an error of whatever command: the only place that answers and logs it.
    private func refuse(_ error: SMTPError) throws {
        if let cause = error.cause { log(problem: "refused", [("cause", cause)]) }
        if error.closes { try lastWords(error.reply) }
        send(error.reply)
        try lastWords(counters.noteError(error))
        if error.isRefusedRecipient { try lastWords(counters.noteRefusedRecipient()) }
    }

    private func lastWords(_ reply: SMTPReply?) throws {
        guard let reply else { return }
        services.authenticator.noteMisuse(from: connection.peer)
        throw SMTPLastWords(reply)
    }

    func nextMessageID() -> String {
        messageCount += 1
        return [String(services.clock(), radix: 36), idStem, String(messageCount, radix: 36)].joined(separator: ".")
    }

    func noteMessage() {
        counters.noteMessage()
        end.messages += 1
    }

    func send(_ reply: SMTPReply) { connection.write(reply.bytes) }

    func log(_ event: String, _ fields: [(String, String)] = [], numbers: [(String, Int64)] = []) {
        services.log.event(event, on: connection, fields, numbers: numbers)
    }

    func log(problem: String, _ fields: [(String, String)]) { services.log.problem(problem, on: connection, fields) }
}

/// What the client has told so far. STARTTLS forgets all of it (RFC 3207 §4.2).
struct SMTPState {
    struct Greeting {
        let name: ClientName
        /// EHLO and not HELO.
        let isExtended: Bool
    }

    var greeting: Greeting?
    var account: AccountEntry?
    /// How it has logged in.
    var mechanism: SASLMechanism?
    var transaction: SMTPTransaction?
    var offer = SASLOffer.none
}

/// A reply after which the connection closes.
struct SMTPLastWords: Error {
    let reply: SMTPReply
    init(_ reply: SMTPReply) { self.reply = reply }
}

extension SMTPCommand {
    /// Costs time and brings no mail nearer.
    fileprivate var isJunk: Bool {
        switch self {
        case .noop, .rset, .help, .vrfy, .expn, .helo, .ehlo: true
        default: false
        }
    }
}

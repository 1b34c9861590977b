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
    var badInARow = 0
    /// What the last line of the log will say.
    var summary = SessionEnd()
    var commandsBeforeLogin = 0
    /// IDLE goes on: its tag, and what wakes it.
    var idling: IMAPIdling?
    /// What there is of news has been looked at; the next signal makes it old.
    private var hasLooked = false
    /// What the program calls itself (RFC 2971): its name and version.
    var client: String?
    /// The command whose client is told how far it is.
    var running: RunningCommand?
    /// What NOTIFY has set up; nil until it is used.
    var notifications: Notifications?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { connection.executor.asUnownedSerialExecutor() }

    @inline(never)
    package init(connection: Connection, services: SessionServices) {
        self.connection = connection
        self.services = services
        assembler = IMAPCommandAssembler(limits: services.settings.limits.imapBeforeLogin)
    }

    /// The whole conversation. The listener closes the connection when it returns.
    ///
    /// A task keeps the memory of its deepest call until it ends, and this one may wait for hours: so it does nothing
    /// but wait, and what is to be done is a task of its own (measured: 8 KiB less in each idle session). Around a wait
    /// nothing is inlined that needs place: it would stand in the frame that waits (7 KiB).
    @discardableResult
    package func run() async -> SessionEnd {
        greet()
        do {
            while let input = try await nextInput() {
                guard try await action(on: input).value else { break }
            }
        } catch {
            breakOff(after: error)
        }
        end()
        return summary
    }

    @inline(never)
    private func action(on input: Input) -> Task<Bool, any Error> { Task { try await self.act(on: input) } }

    @inline(never)
    private func greet() {
        connection.setIdleTimeout(seconds: services.settings.limits.idleBeforeLogin)
        connection.setDeadline(seconds: services.settings.limits.loginSeconds)
        send { $0.status(.ok, code: .capability(capabilities), "\(services.settings.hostName) is ready") }
    }

    @inline(never)
    private func breakOff(after error: any Error) {
        summary.reason = .init(error)
        sayGoodBye(after: error)
    }

    /// What the session waits for.
    enum Input: Sendable {
        case line(InputLine)
        /// Of a line over the limit only the ends are left: what was begun is forgotten, and the session goes on.
        case tooLong(DroppedLine)
        case bytes([UInt8])
        /// Another session has changed something, and the client listens.
        case news
    }

    /// Reads what the assembler wants; nil when the client has gone.
    private func nextInput() async throws -> Input? {
        switch assembler.need {
        case .line(let limit):
            connection.setPace(nil)
            return try await nextLine(idling == nil ? limit + 2 : Self.doneLimit)
        case .literal(let count): return try await nextBytes(UInt64(clamping: count))
        case .discard(let count), .message(let count): return try await nextBytes(count)
        case .close: throw IMAPFailure.bye("Too much to skip after an error", code: .limit)
        }
    }

    private func nextLine(_ limit: Int) async throws -> Input? {
        do {
            guard listen() else {
                hasLooked = false
                return try await connection.readLine(limit: limit).map { .line($0) }
            }
            // Before each wait: what came between the last look and `listen` has given no signal.
            while hasLooked || !hasNews {
                let next = try await connection.readLineOrSignal(limit: limit)
                hasLooked = false
                switch next {
                case .signal: continue
                case .closed: return nil
                case .line(let line): return .line(line)
                }
            }
            hasLooked = true
            return .news
        } catch {
            guard case .lineTooLong(let line) = error, idling == nil else { throw error }
            return .tooLong(line)
        }
    }

    /// Bytes as they come: also those of a refused message, which are dropped.
    private func nextBytes(_ count: UInt64) async throws -> Input? {
        connection.beginPace(services.settings.limits.pace)
        return try await connection.readChunk(max: Int(clamping: min(count, UInt64(Self.chunkSize)))).map { .bytes($0) }
    }

    /// Whether changes shall wake the wait: while the client idles, and between its commands once it has used NOTIFY
    /// (RFC 5465 §3.1).
    @inline(never)
    private func listen() -> Bool {
        if idling != nil { return true }
        guard notifications != nil, assembler.isBetweenCommands, let watch = try? watch() else { return false }
        watch.setIdling(true)
        return true
    }

    private func sayGoodBye(after error: any Error) {
        switch error {
        case let failure as IMAPFailure: send { $0.status(.bye, code: failure.reply.code, failure.reply.text) }
        case ConnectionError.timedOut: send { $0.status(.bye, "Nothing came for too long") }
        case ConnectionError.tooSlow: send { $0.status(.bye, code: .limit, "Too slow") }
        case ConnectionError.draining: send { $0.status(.bye, code: .unavailable, "The server is stopping") }
        case ConnectionError.dismissed:
            send { $0.status(.bye, "The account has been changed, or this session was ended: log in again") }
        case ConnectionError.lineTooLong, ConnectionError.endlessLine:
            send { $0.status(.bye, code: .limit, "The line is too long") }
        default: break
        }
    }

    /// Also what LOGOUT does.
    @inline(never)
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

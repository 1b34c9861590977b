package import MailNetwork
import MailTransport
import MailWire

/// The conversation with one address of one next hop, from the greeting to QUIT, for any number of messages one after the
/// other: an actor on its connection's event loop.
package actor HopSession {
    /// Whether another message may follow.
    enum Standing {
        case ready
        /// A transaction was begun and not ended: RSET goes first.
        case unfinished
        case over
    }

    package nonisolated let hop: NextHop
    package nonisolated let address: IPAddress
    /// The handshake that failed before this session began again with less.
    package nonisolated let tlsFault: TLSFault?
    /// Nil in the clear.
    package internal(set) var tls: TLSFacts?

    let connection: Connection
    let settings: TalkSettings
    var offer = ServerOffer()
    var standing = Standing.ready
    /// Transactions that were begun.
    var transactions = 0
    /// The message has been sent to its end, and its reply has not come.
    var awaitsVerdict = false
    /// Of the message that is under way; from the beginning of the connection it is the first one's.
    var budget: TalkBudget
    private var replies = ReplyAssembler()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { connection.executor.asUnownedSerialExecutor() }

    init(_ connection: Connection, hop: NextHop, address: IPAddress, settings: TalkSettings, tlsFault: TLSFault?) {
        self.connection = connection
        self.hop = hop
        self.address = address
        self.settings = settings
        self.tlsFault = tlsFault
        budget = TalkBudget(seconds: settings.longestSeconds)
    }

    /// Connects, greets, encrypts and logs in as the hop demands.
    package static func open(
        _ hop: NextHop, address: IPAddress, settings wanted: TalkSettings
    ) async throws(HopFailure) -> HopSession {
        var (attempt, fault): (NextHop, TLSFault?) = (hop, nil)
        var settings = wanted
        let end = ContinuousClock.now + .seconds(settings.longestSeconds)
        while true {
            settings.longestSeconds = (end - .now).wholeSeconds
            do {
                return try await open(attempt, address, settings, afterTLSFault: fault)
            } catch {
                guard error.stage == .startTLS, let found = error.tlsFault, let weaker = attempt.tls.weaker else {
                    throw error
                }
                (attempt.tls, fault) = (weaker, fault ?? found)
            }
        }
    }

    private static func open(
        _ hop: NextHop, _ address: IPAddress, _ settings: TalkSettings, afterTLSFault fault: TLSFault?
    ) async throws(HopFailure) -> HopSession {
        let connection: Connection
        do {
            connection = try await Dialer.connect(
                to: address, port: hop.port, from: settings.source(for: address), service: "relay",
                timeoutSeconds: max(1, min(settings.connectSeconds, settings.longestSeconds)),
                idleSeconds: settings.greetingSeconds)
        } catch {
            let name = hop.host == address.description ? hop.host : "\(hop.host) (\(address))"
            throw HopFailure(.connect, TalkError.lost(error, seconds: settings.connectSeconds).reply(of: name))
        }
        let session = HopSession(connection, hop: hop, address: address, settings: settings, tlsFault: fault)
        try await session.begin()
        return session
    }

    /// Whether another message can be sent over this connection.
    package var isReusable: Bool {
        guard standing != .over, !connection.peerHasEnded, !connection.hasBufferedInput else { return false }
        return offer.mailMax.map { transactions < $0 } ?? true
    }

    /// From anywhere: at once, whatever is going on.
    package nonisolated func abort() { connection.abort() }

    /// QUIT (RFC 5321 §4.1.1.10), whose answer is worth little: `quitSeconds`, and the connection closes.
    package func close() async {
        if standing != .over, !connection.peerHasEnded {
            standing = .over
            _ = try? await ask("QUIT", within: settings.quitSeconds)
        }
        connection.close()
    }

    /// The same without waiting for anything.
    func hangUp() {
        if standing != .over, !connection.peerHasEnded { connection.write("QUIT\r\n") }
        standing = .over
        connection.close()
    }

    // MARK: Questions and answers

    func ask(_ command: String, within seconds: Int) async throws(TalkError) -> RemoteReply {
        var commands = ClientCommands()
        commands.line(command)
        connection.write(commands.bytes)
        return try await reply(within: seconds)
    }

    /// The next reply, all of it within this time however its octets drip. 421 is thrown: it ends everything.
    func reply(within wanted: Int) async throws(TalkError) -> RemoteReply {
        let seconds = try allowed(wanted)
        connection.setIdleTimeout(seconds: seconds)
        connection.setDeadline(seconds: seconds)
        while true {
            let line = try await line(within: seconds)
            guard budget.take(line.count + 2) else { throw .tooMuch }
            guard let reply = try replies(add: line) else { continue }
            budget.addReply()
            guard !reply.announcesClosing else { throw .closing(reply) }
            return reply
        }
    }

    /// How long is waited where so long would be.
    func allowed(_ wanted: Int) throws(TalkError) -> Int {
        guard let seconds = budget.wait(wanted) else { throw .tooLong(seconds: budget.seconds) }
        return seconds
    }

    /// What ended a wait: the host's own time, or that of all it was asked.
    func expired(_ error: ConnectionError, _ seconds: Int) -> TalkError {
        let isLate = error == .timedOut || error == .tooSlow
        return isLate && budget.wait(1) == nil ? .tooLong(seconds: budget.seconds) : .lost(error, seconds: seconds)
    }

    private func line(within seconds: Int) async throws(TalkError) -> [UInt8] {
        do {
            guard let line = try await connection.readLine(limit: ReplyAssembler.longestLine) else {
                throw TalkError.hungUp
            }
            return line.bytes
        } catch let error as ConnectionError {
            throw expired(error, seconds)
        } catch {
            throw .hungUp
        }
    }

    private func replies(add line: [UInt8]) throws(TalkError) -> RemoteReply? {
        do {
            return try replies.add(line)
        } catch {
            throw .nonsense(error)
        }
    }
}

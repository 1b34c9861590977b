package import MailTransport

/// The connection to one filter: packets out, replies in, each with its time and its size.
package actor MilterLink {
    private let connection: Connection
    private let policy: MilterPolicy

    package nonisolated var unownedExecutor: UnownedSerialExecutor { connection.executor.asUnownedSerialExecutor() }

    package init(_ connection: Connection, _ policy: MilterPolicy) {
        self.connection = connection
        self.policy = policy
    }

    /// Dials and agrees on how to speak.
    package static func open(
        _ address: MilterAddress, _ policy: MilterPolicy
    ) async throws(MilterFailure) -> (MilterLink, MilterOptions) {
        do {
            return try await open(address, policy, .offer())
        } catch .closed {
            // A filter of version 2 closes when it hears of more.
            return try await open(address, policy, .offer(version: MilterOptions.oldestVersion))
        }
    }

    private static func open(
        _ address: MilterAddress, _ policy: MilterPolicy, _ offer: MilterOptions
    ) async throws(MilterFailure) -> (MilterLink, MilterOptions) {
        let link = MilterLink(try await dial(address, seconds: policy.seconds), policy)
        do throws(MilterFailure) {
            guard case .options(let answer) = try await link.ask([.negotiate(offer)]),
                let agreed = offer.agreed(to: answer)
            else { throw .nonsense("negotiation") }
            return (link, agreed)
        } catch {
            await link.close()
            throw error
        }
    }

    private static func dial(_ address: MilterAddress, seconds: Int) async throws(MilterFailure) -> Connection {
        do {
            switch address {
            case .tcp(let host, let port):
                return try await Dialer.connect(host: host, port: port, timeoutSeconds: seconds)
            case .socket(let path): return try await Dialer.connect(socket: path, timeoutSeconds: seconds)
            }
        } catch {
            throw MilterFailure(error)
        }
    }

    /// Sends commands that are not answered.
    package func tell(_ commands: [MilterCommand]) async throws(MilterFailure) {
        begin(seconds: policy.seconds, atMost: policy.seconds)
        try await send(commands)
    }

    /// Sends commands and waits for the answer to the last; the others are not answered.
    package func ask(_ commands: [MilterCommand]) async throws(MilterFailure) -> MilterReply {
        begin(seconds: policy.seconds, atMost: policy.seconds)
        try await send(commands)
        return try await answer()
    }

    /// The same at the end of the message, where changes come before the answer: see `more`.
    package func askFinally(_ commands: [MilterCommand]) async throws(MilterFailure) -> MilterReply {
        begin(seconds: policy.finalSeconds, atMost: policy.longestFinalSeconds)
        try await send(commands)
        return try await answer()
    }

    /// The next reply after a change.
    package func more() async throws(MilterFailure) -> MilterReply { try await answer() }

    package func close() {
        connection.write(MilterCommand.quit.packet.bytes)
        connection.close()
    }

    /// Without a word: the filter has shown that it does not listen.
    package func drop() { connection.abort() }

    private func begin(seconds: Int, atMost most: Int) {
        connection.setIdleTimeout(seconds: seconds)
        connection.setDeadline(seconds: most)
    }

    private func send(_ commands: [MilterCommand]) async throws(MilterFailure) {
        // What was said before the question cannot be its answer.
        guard !connection.hasBufferedInput else { throw .nonsense("an answer without a question") }
        do {
            for command in commands {
                connection.write(command.packet.bytes)
                try await connection.drain()
            }
        } catch {
            throw MilterFailure(error)
        }
    }

    private func answer() async throws(MilterFailure) -> MilterReply {
        while true {
            let packet = try await packet()
            guard let reply = MilterReply(packet) else { throw .nonsense("reply \(packet.letter)") }
            guard reply == .progress else { return reply }
        }
    }

    private func packet() async throws(MilterFailure) -> MilterPacket {
        guard let length = MilterPacket.length(try await read(MilterPacket.headerSize)) else {
            throw .nonsense("length")
        }
        guard let packet = MilterPacket(content: try await read(length)) else { throw .nonsense("empty packet") }
        return packet
    }

    private func read(_ count: Int) async throws(MilterFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            while bytes.count < count {
                guard let chunk = try await connection.readChunk(max: count - bytes.count) else {
                    throw ConnectionError.closed
                }
                bytes += chunk
            }
        } catch {
            throw MilterFailure(error as? ConnectionError ?? .closed)
        }
        return bytes
    }
}

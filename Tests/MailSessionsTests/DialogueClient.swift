import MailTransport
import MailTransportTesting

/// The client's end of a conversation, in memory or over a socket.
enum DialogueClient: Sendable {
    case memory(MemoryPeer, Connection)
    case socket(Connection)

    static let longestLine = 1 << 20

    func send(_ text: String) async {
        switch self {
        case .memory(let peer, _): await peer.send(text)
        case .socket(let connection):
            await connection.run {
                $0.write(text)
                $0.flush()
            }
        }
    }

    /// The next line without its end; nil when the server has closed.
    func receive() async throws -> String? {
        switch self {
        case .memory(let peer, _):
            guard let line = await peer.receiveLine() else { return nil }
            var text = String(decoding: line, as: UTF8.self)
            if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
            return text
        case .socket(let connection):
            do {
                let line = try await connection.run { try await $0.readLine(limit: Self.longestLine) }
                return line.map { String(decoding: $0.bytes, as: UTF8.self) }
            } catch ConnectionError.reset, ConnectionError.closed {
                return nil
            }
        }
    }

    /// In memory the handshake is only pretended.
    func startTLS(_ context: TLSClientContext) async throws {
        guard case .socket(let connection) = self else { return }
        try await connection.run { try await $0.startTLS(context, serverName: "localhost") }
    }

    /// No more input will come.
    func close() async {
        switch self {
        case .memory(let peer, _): await peer.finishSending()
        case .socket(let connection): await connection.run { $0.close() }
        }
    }

    /// Ends whatever waits.
    func abort() async {
        switch self {
        case .memory(let peer, let connection):
            await peer.reset()
            connection.abort()
        case .socket(let connection): connection.abort()
        }
    }
}

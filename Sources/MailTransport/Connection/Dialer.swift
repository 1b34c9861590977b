import Glibc
package import MailNetwork
import NIOCore
import NIOPosix

/// Client connections.
package enum Dialer {
    package enum Security: Sendable {
        case plaintext
        /// Checked against `serverName`, or the host when that is nil.
        case tls(TLSClientContext, serverName: String? = nil)
    }

    /// `host` is an address or a name that the system resolves.
    package static func connect(
        host: String, port: Int, security: Security = .plaintext, timeoutSeconds: Int = 30
    ) async throws(ConnectionError) -> Connection {
        let connection = try await connect(host, port, timeoutSeconds)
        guard case .tls(let context, let serverName) = security else { return connection }
        do {
            try await connection.run { try await $0.startTLS(context, serverName: serverName ?? host) }
            return connection
        } catch {
            connection.abort()
            throw error as? ConnectionError ?? .tls("\(error)")
        }
    }

    /// An address that is known: no name is looked up, and the error is the system's own words. `idleSeconds` bounds each
    /// wait until the session says otherwise. `source`: an address of this machine; nil: as the system likes.
    package static func connect(
        to address: IPAddress, port: UInt16, from source: IPAddress? = nil, service: String, timeoutSeconds: Int,
        idleSeconds: Int
    ) async throws(ConnectionError) -> Connection {
        var bootstrap = ClientBootstrap(group: LoopSet.dialling.group)
            .connectTimeout(.seconds(Int64(clamping: max(1, timeoutSeconds))))
        do {
            if let source { bootstrap = bootstrap.bind(to: try socketAddress(source, port: 0)) }
            let target = try socketAddress(address, port: port)
            return try await bootstrap.connect(to: target) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try prepare(channel, idleSeconds, service: service)
                }
            }
        } catch {
            throw .connectFailed(words(for: error, timeoutSeconds))
        }
    }

    private static func socketAddress(_ address: IPAddress, port: UInt16) throws -> SocketAddress {
        try SocketAddress(packedIPAddress: ByteBuffer(bytes: address.bytes), port: Int(port))
    }

    private static func words(for error: any Error, _ timeoutSeconds: Int) -> String {
        switch error {
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case ChannelError.connectTimeout: "no answer within \(timeoutSeconds) s"
        default: "\(error)"
        }
    }

    private static func connect(
        _ host: String, _ port: Int, _ timeoutSeconds: Int
    ) async throws(ConnectionError) -> Connection {
        let bootstrap = ClientBootstrap(group: LoopSet.dialling.group)
            .connectTimeout(.seconds(Int64(clamping: timeoutSeconds)))
        do {
            return try await bootstrap.connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try prepare(channel, timeoutSeconds) }
            }
        } catch {
            throw .connectFailed("\(error)")
        }
    }

    private static func prepare(
        _ channel: any Channel, _ timeoutSeconds: Int, service: String = "client"
    ) throws -> Connection {
        guard let resources = LoopSet.dialling.resources(of: channel.eventLoop) else {
            throw ChannelError.inappropriateOperationForState
        }
        let connection = Connection(
            channel, on: resources, service: service, peer: .unknown, local: .unknown,
            idleSeconds: timeoutSeconds)
        connection.state.handshakeSeconds = timeoutSeconds
        try ConnectionOptions.apply(to: channel)
        try channel.pipeline.syncOperations.addHandler(ConnectionHandler(connection))
        return connection
    }
}

import Glibc
package import MailNetwork
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A small HTTP/1.1 server on UNIX and TCP sockets, on a thread of its own: whoever watches must not wait for the watched.
package final class HTTPListener: Sendable {
    package enum Place: Sendable, Equatable {
        /// A socket file only its owner may use; one that a dead server left is replaced.
        case path(String)
        case address(IPAddress, port: Int)
        /// A listening socket that came from elsewhere.
        case descriptor(Int32)
    }

    /// A new worker listens before the old one has ended.
    private static let reusePort = ChannelOptions.Types.SocketOption(
        level: .socket, name: NIOBSDSocket.Option(rawValue: SO_REUSEPORT))

    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let answer: @Sendable (HTTPQuestion) -> HTTPAnswer
    private let open = Mutex<(sockets: [any Channel], connections: Int)>(([], 0))

    package init(_ answer: @escaping @Sendable (HTTPQuestion) -> HTTPAnswer) { self.answer = answer }

    /// Returns the port; 0 for a path.
    @discardableResult
    package func listen(at place: Place) async throws(ListenError) -> Int {
        do {
            let channel = try await bind(place)
            open.withLock { $0.sockets.append(channel) }
            return channel.localAddress?.port ?? 0
        } catch {
            throw .cannotListen(service: "monitor", address: "\(place)", reason: ErrorText.of(error))
        }
    }

    package func stop() async {
        for socket in open.withLock({ $0.sockets }) { try? await socket.close() }
        try? await group.shutdownGracefully()
    }

    private func bind(_ place: Place) async throws -> any Channel {
        switch place {
        case .path(let path):
            let channel = try await bootstrap().bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
            chmod(path, 0o600)
            return channel
        case .address(let address, let port):
            return try await bootstrap().serverChannelOption(Self.reusePort, value: 1)
                .bind(to: SocketAddress(ipAddress: address.description, port: port)).get()
        case .descriptor(let descriptor): return try await bootstrap().withBoundSocket(descriptor).get()
        }
    }

    private func bootstrap() -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: HTTPLimits.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.prepare(channel) }
            }
    }

    private func prepare(_ channel: any Channel) throws {
        let isWelcome = open.withLock { open in
            open.connections += 1
            return open.connections <= HTTPLimits.connections
        }
        channel.closeFuture.whenComplete { _ in self.open.withLock { $0.connections -= 1 } }
        guard isWelcome else { return channel.close(promise: nil) }
        try channel.pipeline.syncOperations.addHandler(RequestBudget())
        try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
        try channel.pipeline.syncOperations.addHandler(MonitorHandler(answer))
    }
}

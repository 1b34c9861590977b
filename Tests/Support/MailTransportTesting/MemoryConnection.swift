import Glibc
package import MailNetwork
package import MailTransport
import NIOCore
import NIOEmbedded
import Synchronization

/// A connection without a socket, for dialogue tests: the same code, and a clock that stands still.
package enum MemoryConnection {
    /// `tls` pretends that the connection is encrypted; `startTLS` on a memory connection pretends too, without handshake.
    package static func make(
        service: String = "test", peer: PeerAddress = PeerAddress(ip: IPAddress(v4: 0xc000_0201), port: 4711),
        tls: TLSInfo? = nil, idleSeconds: Int = 300
    ) async -> (connection: Connection, far: MemoryPeer) {
        let loop = NIOAsyncTestingEventLoop()
        // It traps when it is freed with a timer in it: a test that forgets to close shall only keep some kB.
        _ = Unmanaged.passRetained(loop)
        let channel = NIOAsyncTestingChannel(loop: loop)
        let connection = try? await loop.executeInContext {
            try Connection.inMemory(on: channel, service: service, peer: peer, tls: tls, idleSeconds: idleSeconds)
        }
        guard let connection, let address = try? SocketAddress(ipAddress: "127.0.0.1", port: 1) else {
            preconditionFailure("a test channel takes handlers")
        }
        try? await channel.connect(to: address).get()
        return (connection, MemoryPeer(connection, channel, loop))
    }

    /// Runs a session as a listener does: on the connection's event loop, and closes when it returns.
    package static func serve(
        service: String = "test", peer: PeerAddress = PeerAddress(ip: IPAddress(v4: 0xc000_0201), port: 4711),
        tls: TLSInfo? = nil, idleSeconds: Int = 300, onConnection: @escaping @Sendable (Connection) async -> Void
    ) async -> MemoryPeer {
        let (connection, far) = await make(service: service, peer: peer, tls: tls, idleSeconds: idleSeconds)
        connection.start(onConnection)
        return far
    }
}

/// The other end. One task at a time may receive.
package final class MemoryPeer: Sendable {
    private let connection: Connection
    private let channel: NIOAsyncTestingChannel
    private let loop: NIOAsyncTestingEventLoop
    private let unread = Mutex<[UInt8]>([])

    init(_ connection: Connection, _ channel: NIOAsyncTestingChannel, _ loop: NIOAsyncTestingEventLoop) {
        self.connection = connection
        self.channel = channel
        self.loop = loop
    }

    package func send(_ bytes: [UInt8]) async {
        _ = try? await channel.writeInbound(ByteBuffer(bytes: bytes))
        await loop.run()
    }

    package func send(_ text: String) async { await send(Array(text.utf8)) }

    /// What the session has sent, at least one octet; nil when it has closed.
    package func receive() async -> [UInt8]? {
        let before = unread.withLock { bytes in
            defer { bytes = [] }
            return bytes
        }
        return before.isEmpty ? await next() : before
    }

    /// The next line with its terminator, or what is left at the end.
    package func receiveLine() async -> [UInt8]? {
        while true {
            if let line = takeLine() { return line }
            guard let more = await next() else { return lastPiece() }
            unread.withLock { $0 += more }
        }
    }

    /// No more input will come; output still goes.
    package func finishSending() async {
        await onLoop { $0.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed) }
    }

    package func reset() async {
        await onLoop { channel in
            channel.pipeline.fireErrorCaught(IOError(errnoCode: ECONNRESET, reason: "read"))
            channel.close(promise: nil)
        }
    }

    /// Moves the connection's clock, once the session waits for this end. Earlier it would find no deadline to pass: the
    /// session sets one when it waits, and may still be busy with the store.
    package func advance(seconds: Int) async {
        while await isBusy() { try? await Task.sleep(for: .milliseconds(1)) }
        await loop.advanceTime(by: .seconds(Int64(clamping: seconds)))
    }

    private func isBusy() async -> Bool {
        let connection = connection
        return (try? await loop.executeInContext { !connection.waitsForPeer }) ?? false
    }

    private func onLoop(_ body: @escaping @Sendable (NIOAsyncTestingChannel) -> Void) async {
        let channel = channel
        _ = try? await loop.executeInContext { body(channel) }
        await loop.run()
    }

    private func next() async -> [UInt8]? {
        while let buffer = try? await channel.waitForOutboundWrite(as: ByteBuffer.self) {
            if buffer.readableBytes > 0 { return Array(buffer.readableBytesView) }
        }
        return nil
    }

    private func takeLine() -> [UInt8]? {
        unread.withLock { bytes in
            guard let end = bytes.firstIndex(of: 0x0a) else { return nil }
            defer { bytes.removeFirst(end + 1) }
            return Array(bytes[...end])
        }
    }

    private func lastPiece() -> [UInt8]? {
        unread.withLock { bytes in
            defer { bytes = [] }
            return bytes.isEmpty ? nil : bytes
        }
    }
}

package import MailNetwork
package import NIOCore

extension Connection {
    /// A connection on a channel without a socket, for dialogue tests: its addresses are given, and TLS is only pretended.
    /// To be called on the channel's event loop.
    package static func inMemory(
        on channel: any Channel, service: String, peer: PeerAddress, tls: TLSInfo?, idleSeconds: Int
    ) throws -> Connection {
        let local = PeerAddress(ip: IPAddress(v4: 0x7f00_0001), port: 1)
        let connection = Connection(
            channel, on: LoopResources(channel.eventLoop), service: service, peer: peer, local: local,
            idleSeconds: idleSeconds)
        connection.state.isInMemory = true
        if let tls { connection.encryption = .pretended(tls) }
        try channel.pipeline.syncOperations.addHandler(ConnectionHandler(connection))
        return connection
    }

    /// The session waits for input or for room to write, or will never again. For tests that move the clock.
    package var waitsForPeer: Bool {
        resources.loop.preconditionInEventLoop()
        let isOver = state.readFailed || state.phase == .closing || state.phase == .closed
        return isOver || state.reader != nil || state.writer != nil
    }
}

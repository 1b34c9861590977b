import NIOCore

/// The last handler of a connection's pipeline: tells the connection what happens.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    func handlerAdded(context: ChannelHandlerContext) { connection.way.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { connection.way.context = nil }

    func channelActive(context: ChannelHandlerContext) { connection.becameActive() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { connection.received(unwrapInboundIn(data)) }
    func channelReadComplete(context: ChannelHandlerContext) { connection.readEnded() }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { connection.becameWritable() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSHandler.Event.handshakeCompleted: connection.handshakeCompleted()
        case ChannelEvent.inputClosed: connection.inputEnded()
        case let header as ProxyHeader: connection.acceptor?.proxied(connection, header)
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { connection.failed(error) }
    func channelInactive(context: ChannelHandlerContext) { connection.becameInactive() }
}

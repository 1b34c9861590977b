import NIOCore

/// Takes the PROXY header off the beginning of a connection and goes away.
final class ProxyHeaderHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private var bytes = ByteBuffer()
    private var done = false

    func handlerAdded(context: ChannelHandlerContext) { context.read() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !done else { return context.fireChannelRead(data) }
        bytes.writeImmutableBuffer(unwrapInboundIn(data))
        switch ProxyHeader.parse(Array(bytes.readableBytesView)) {
        case .incomplete: break
        case .invalid(let reason):
            done = true
            context.fireErrorCaught(ProxyHeaderError(reason: reason))
        case .header(let header, let length):
            done = true
            bytes.moveReaderIndex(forwardBy: length)
            context.fireUserInboundEventTriggered(header)
            if bytes.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(bytes)) }
            bytes = ByteBuffer()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard done else { return context.read() }
        context.fireChannelReadComplete()
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
}

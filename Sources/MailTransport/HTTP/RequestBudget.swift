import NIOCore

/// Closes a connection that sends more than a request may have: NIO's parser would take a header of any length.
final class RequestBudget: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var left = HTTPLimits.longestRequest

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let count = unwrapInboundIn(data).readableBytes
        guard count <= left else {
            left = 0
            return context.close(promise: nil)
        }
        left -= count
        context.fireChannelRead(data)
    }
}

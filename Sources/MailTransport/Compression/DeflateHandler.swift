import NIOCore

/// DEFLATE between TLS and the session, both ways (RFC 4978).
///
/// What came is made large only as fast as the session reads: the handler answers `read` from what it holds before it asks
/// the socket.
final class DeflateHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let inflater: Inflater
    private let pool: DeflaterPool
    private var pending: [(data: ByteBuffer, promise: EventLoopPromise<Void>?)] = []
    private var isDelivering = false
    private var wantsMore = false
    private var hasEnded = false  // the peer sends no more, but we still hold some
    private var isClosed = false

    init(pool: DeflaterPool) throws(CompressionError) {
        inflater = try Inflater()
        self.pool = pool
    }

    // MARK: Inbound

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { inflater.append(unwrapInboundIn(data)) }
    func channelReadComplete(context: ChannelHandlerContext) { deliver(context) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event, !inflater.isEmpty {
            hasEnded = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        close()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { close() }

    private func deliver(_ context: ChannelHandlerContext) {
        guard !isDelivering, !isClosed else { return }
        isDelivering = true
        defer { isDelivering = false }
        repeat {
            wantsMore = false
            do {
                try deliverOne(context)
            } catch {
                isClosed = true
                return context.fireErrorCaught(error)
            }
        } while wantsMore && !isClosed && !inflater.isEmpty
        askFurther(context)
    }

    private func deliverOne(_ context: ChannelHandlerContext) throws(CompressionError) {
        let plain = try inflater.next(context.channel.allocator)
        guard plain.readableBytes > 0 else { return wantsMore = true }
        context.fireChannelRead(wrapInboundOut(plain))
        context.fireChannelReadComplete()
    }

    private func askFurther(_ context: ChannelHandlerContext) {
        guard !isClosed, inflater.isEmpty else { return }
        if hasEnded {
            hasEnded = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        } else if wantsMore {
            context.read()
        }
    }

    // MARK: Outbound

    func read(context: ChannelHandlerContext) {
        wantsMore = true
        if isDelivering { return }
        inflater.isEmpty ? context.read() : deliver(context)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        pending.append((unwrapOutboundIn(data), promise))
    }

    func flush(context: ChannelHandlerContext) {
        let batch = pending
        pending = []
        let promises = batch.compactMap(\.promise)
        do {
            let packed = try pack(batch.map(\.data).filter { $0.readableBytes > 0 }, context.channel.allocator)
            let written = promises.isEmpty ? nil : context.eventLoop.makePromise(of: Void.self)
            promises.forEach { written?.futureResult.cascade(to: $0) }
            context.writeAndFlush(wrapOutboundOut(packed), promise: written)
        } catch {
            promises.forEach { $0.fail(error) }
            context.fireErrorCaught(error)
        }
    }

    private func pack(_ pieces: [ByteBuffer], _ allocator: ByteBufferAllocator) throws(CompressionError) -> ByteBuffer {
        let size = pieces.reduce(0) { $0 + $1.readableBytes }
        guard size > 0 else { return ByteBuffer() }
        let deflater = try pool.deflater(for: self)
        var packed = allocator.buffer(capacity: size / 2 + 64)
        for (index, piece) in pieces.enumerated() {
            deflater.compress(piece, isLast: index == pieces.count - 1, into: &packed)
        }
        return packed
    }

    private func close() {
        isClosed = true
        pool.left(self)
        let lost = pending
        pending = []
        lost.forEach { $0.promise?.fail(ChannelError.ioOnClosedChannel) }
    }
}

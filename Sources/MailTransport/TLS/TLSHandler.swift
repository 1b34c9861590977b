import COpenSSL
import MailNetwork
import NIOCore

/// TLS for one channel by the system's OpenSSL: the foremost handler, there from the beginning or put there by STARTTLS.
final class TLSHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Event { case handshakeCompleted }
    enum State { case handshaking, open, closing, closed }

    /// A peer that does not take its close_notify is not waited for longer.
    static let closeSeconds: Int64 = 5

    let ssl: OpaquePointer
    private let owner: AnyObject  // what OpenSSL's callbacks point to lives as long as this handler
    let protocols: [[UInt8]]  // ours for ALPN, the preferred first
    var state = State.handshaking
    var received = ByteBuffer()  // ciphertext that OpenSSL has not taken yet
    var produced = ByteBuffer()  // ciphertext that the channel has not got yet
    private var pending: [(data: ByteBuffer, promise: EventLoopPromise<Void>?)] = []
    private var flushed = 0  // how many of `pending` may go
    private var wantsRead = false  // somebody behind us waits, and has got nothing since
    private(set) var peerClosed = false  // close_notify seen: the end is no truncation
    private(set) var opening: UInt8?  // the first octet that came
    var hello: ClientHello?  // of a server, until the handshake has succeeded
    private(set) var failure: TLSError?
    let check: PeerCheck

    init(server context: TLSServerContext) throws(TLSError) {
        let generation = context.generation
        guard let ssl = SSL_new(generation.fallback) else { throw .fromQueue("cannot begin TLS") }
        (self.ssl, owner) = (ssl, generation)
        protocols = context.protocols
        check = .none
        let service = context.sessionContext
        SSL_set_session_id_context(ssl, service, UInt32(clamping: service.count))
        SSL_set_accept_state(ssl)
        try attachBuffers()
    }

    init(client context: TLSClientContext, serverName: String?) throws(TLSError) {
        guard let ssl = SSL_new(context.pointer) else { throw .fromQueue("cannot begin TLS") }
        (self.ssl, owner, protocols, check) = (ssl, context, [], .none)
        SSL_set_connect_state(ssl)
        if let serverName { try expect(serverName) }
        try attachBuffers()
    }

    /// A host whose certificate is judged by rules of its own; `host` is announced if it is a name.
    init(client context: TLSClientContext, host: String, check: PeerCheck) throws(TLSError) {
        guard let ssl = SSL_new(context.pointer) else { throw .fromQueue("cannot begin TLS") }
        (self.ssl, owner, protocols, self.check) = (ssl, context, [], check)
        SSL_set_connect_state(ssl)
        if IPAddress(host) == nil, openssl_set_server_name(ssl, host) != 1 {
            throw .fromQueue("server name \(host)")
        }
        try check.prepare(ssl, host: host)
        try attachBuffers()
    }

    deinit { SSL_free(ssl) }

    /// A name is announced and checked, an address only checked (RFC 6066 §3: SNI carries no addresses).
    private func expect(_ serverName: String) throws(TLSError) {
        let done =
            IPAddress(serverName) == nil
            ? openssl_set_server_name(ssl, serverName) == 1 && SSL_set1_host(ssl, serverName) == 1
            : X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), serverName) == 1
        guard done else { throw .fromQueue("server name \(serverName)") }
    }

    // MARK: Pipeline, inbound

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { handshake(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        handshake(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if opening == nil { opening = bytes.getInteger(at: bytes.readerIndex) }
        if received.readableBytes == 0 { received = bytes } else { received.writeBuffer(&bytes) }
        state == .handshaking ? handshake(context) : decrypt(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if wantsRead || state == .handshaking { context.read() }  // so far the bytes were TLS's own
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            if peerClosed { return }  // reported with close_notify
            if state == .handshaking {
                return fail(context, TLSError("the peer hung up in the TLS handshake"))
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if state == .handshaking {
            context.fireErrorCaught(TLSError("the peer hung up in the TLS handshake"))
        }
        state = .closed
        failPending(ChannelError.ioOnClosedChannel)
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        failPending(ChannelError.ioOnClosedChannel)
    }

    // MARK: Pipeline, outbound

    func read(context: ChannelHandlerContext) {
        wantsRead = true
        context.read()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard state == .handshaking || state == .open else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        pending.append((unwrapOutboundIn(data), promise))
    }

    func flush(context: ChannelHandlerContext) {
        flushed = pending.count
        encrypt(context)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode != .input, state == .open else {
            context.close(mode: mode, promise: promise)
            return
        }
        sendCloseNotify(context, then: mode, promise: promise)
    }

    /// The next close does not wait for anything.
    func abandon() { state = .closed }

    // MARK: OpenSSL

    private func handshake(_ context: ChannelHandlerContext) {
        guard state == .handshaking else { return }
        ERR_clear_error()
        let answer = SSL_do_handshake(ssl)
        let reason = SSL_get_error(ssl, answer)
        guard answer == 1 || reason == SSL_ERROR_WANT_READ else {
            return fail(context, handshakeError())
        }
        if answer == 1 { (state, hello) = (.open, nil) }
        send(context)
        guard answer == 1 else { return context.read() }
        context.fireUserInboundEventTriggered(Event.handshakeCompleted)
        encrypt(context)
        decrypt(context)
    }

    private func handshakeError() -> TLSError {
        let verdict = SSL_get_verify_result(ssl)
        if verdict != X509_V_OK, let text = X509_verify_cert_error_string(verdict) {
            ERR_clear_error()
            return TLSError("TLS handshake: the certificate is not trusted: \(String(cString: text))")
        }
        return .fromQueue("TLS handshake")
    }

    private func decrypt(_ context: ChannelHandlerContext) {
        guard state == .open else {
            received = ByteBuffer()
            return
        }
        guard received.readableBytes > 0 || SSL_pending(ssl) > 0 else { return }
        ERR_clear_error()
        var plain = context.channel.allocator.buffer(capacity: received.readableBytes)
        var answer: Int32 = 0
        repeat {
            plain.writeWithUnsafeMutableBytes(minimumWritableBytes: 64) { space in
                answer = SSL_read(ssl, space.baseAddress, Int32(clamping: space.count))
                return Int(max(answer, 0))
            }
        } while answer > 0
        let reason = SSL_get_error(ssl, answer)
        let failure = reason == SSL_ERROR_SSL ? TLSError.fromQueue("TLS") : nil
        received = ByteBuffer()
        send(context)  // alerts and key updates
        if plain.readableBytes > 0 {
            wantsRead = false
            context.fireChannelRead(wrapInboundOut(plain))
        }
        switch reason {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: break
        case SSL_ERROR_ZERO_RETURN: peerHasClosed(context)
        default: fail(context, failure ?? TLSError("TLS connection broken"))
        }
    }

    private func peerHasClosed(_ context: ChannelHandlerContext) {
        peerClosed = true
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        let half = try? context.channel.syncOptions?.getOption(.allowRemoteHalfClosure)
        if state == .open, half != true { sendCloseNotify(context, then: .all, promise: nil) }
    }

    private func encrypt(_ context: ChannelHandlerContext) {
        guard state == .open, flushed > 0 else { return }
        let batch = Array(pending.prefix(flushed))
        pending.removeFirst(flushed)
        flushed = 0
        let promises = batch.compactMap(\.promise)
        if let failure = seal(batch.map(\.data), context.channel.allocator) {
            promises.forEach { $0.fail(failure) }
            fail(context, failure)
        } else if promises.isEmpty {
            send(context)
        } else {
            let written = context.eventLoop.makePromise(of: Void.self)
            promises.forEach { written.futureResult.cascade(to: $0) }
            send(context, written)
        }
    }

    /// Small pieces share a record.
    private func seal(_ pieces: [ByteBuffer], _ allocator: ByteBufferAllocator) -> TLSError? {
        let size = pieces.reduce(0) { $0 + $1.readableBytes }
        produced.reserveCapacity(
            minimumWritableBytes: size + (size / Int(SSL3_RT_MAX_PLAIN_LENGTH) + 1) * 64)
        ERR_clear_error()
        guard pieces.count > 1, size <= Int(SSL3_RT_MAX_PLAIN_LENGTH) else {
            return pieces.lazy.compactMap { self.seal($0) }.first
        }
        var joined = allocator.buffer(capacity: size)
        for piece in pieces { joined.writeImmutableBuffer(piece) }
        return seal(joined)
    }

    private func seal(_ data: ByteBuffer) -> TLSError? {
        data.withUnsafeReadableBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let answer = SSL_write(ssl, part.baseAddress, Int32(clamping: part.count))
                guard answer > 0 else { return .fromQueue("TLS write") }
                rest = rest.dropFirst(Int(answer))
            }
            return nil
        }
    }

    private func send(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>? = nil) {
        guard produced.readableBytes > 0 || promise != nil else { return }
        let bytes = produced
        produced = ByteBuffer()
        context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
    }

    /// All that was written, then close_notify, then the socket: NIO's close would drop what the socket has not taken.
    private func sendCloseNotify(
        _ context: ChannelHandlerContext, then mode: CloseMode, promise: EventLoopPromise<Void>?
    ) {
        flushed = pending.count
        encrypt(context)
        guard state == .open else { return context.close(mode: mode, promise: promise) }
        state = .closing
        ERR_clear_error()
        SSL_shutdown(ssl)
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let waiting = NIOLoopBoundBox(true, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            waiting.value = false
            bound.value.close(mode: mode, promise: promise)
        }
        send(context, written)
        guard waiting.value else { return }
        let deadline = context.eventLoop.scheduleTask(in: .seconds(Self.closeSeconds)) {
            bound.value.close(promise: nil)
        }
        written.futureResult.whenComplete { _ in deadline.cancel() }
    }

    private func fail(_ context: ChannelHandlerContext, _ error: TLSError) {
        guard state != .closed else { return }
        failure = error
        send(context)  // the alert
        state = .closed
        failPending(error)
        context.fireErrorCaught(error)
        context.close(promise: nil)
    }

    private func failPending(_ error: any Error) {
        let lost = pending
        (pending, flushed) = ([], 0)
        lost.forEach { $0.promise?.fail(error) }
    }
}

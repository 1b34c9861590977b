import Glibc
import MailNetwork
import MailShared
import NIOCore

/// What the channel tells, always on the event loop.
extension Connection {
    func becameActive() {
        if let acceptor {
            acceptor.becameActive(self)
        } else {
            if !state.isInMemory { learnAddresses() }
            open()
        }
    }

    /// The connection may be used. Never before the channel is active: a read asked for earlier is lost.
    func open() {
        guard state.phase == .setup else { return }
        state.phase = .open
        if let deadline = state.deadline { resources.wheel.clear(deadline) }
        way.context?.read()
        acceptor?.begin(self)
    }

    func learnAddresses() {
        if let far = way.channel.remoteAddress.flatMap(PeerAddress.init) { peer = far }
        if let near = way.channel.localAddress.flatMap(PeerAddress.init) { local = near }
    }

    /// TLS from the first octet.
    func beginHandshake(_ handler: TLSHandler) {
        guard let context = way.context else { return }
        encryption = .openSSL(handler)
        state.handshakeBegan = Stopwatch()
        if let deadline = state.deadline {
            resources.wheel.set(deadline, after: .seconds(Int64(clamping: state.handshakeSeconds)))
        }
        do {
            try context.pipeline.syncOperations.addHandler(handler, position: .before(context.handler))
        } catch {
            failed(error)
        }
    }

    func received(_ bytes: ByteBuffer) {
        if state.phase == .closing { return }  // lingering: thrown away
        if !(state.awaitsLine && input.isMidLine) { state.waitsUntil = nil }
        if state.octetsIn < 2 { noteOpening(bytes) }
        state.octetsIn &+= bytes.readableBytes
        resources.metrics.add(.bytesIn, of: state.metricService, bytes.readableBytes)
        state.pace?.received(octets: bytes.readableBytes)
        input.append(bytes)
        wake()
    }

    func readEnded() {
        if state.phase == .closing || input.count < Self.readAhead {
            way.context?.read()
        } else {
            state.readPaused = true
        }
    }

    func handshakeCompleted() {
        countHandshake()
        if state.phase == .setup { return open() }
        way.context?.read()  // earlier reads were answered with the handshake
        wake()
    }

    private func countHandshake() {
        guard case .openSSL(let handler) = encryption, let watch = state.handshakeBegan else { return }
        state.handshakeBegan = nil
        let info = handler.info
        resources.metrics.observe(.handshake, watch.microseconds)
        resources.metrics.add(info.version == "TLSv1.3" ? .tls13 : info.version == "TLSv1.2" ? .tls12 : .tlsOther)
        if info.resumed { resources.metrics.add(.tlsResumed) }
    }

    func inputEnded() {
        end(.endOfInput)
        if state.phase == .closing { closeNow() }
    }

    func failed(_ error: any Error) {
        let reason: ConnectionError =
            switch error {
            case let error as TLSError: .tls(error.description)
            case CompressionError.badData: .badCompression
            case let error as ProxyHeaderError: proxyFailed(error)
            default: .reset
            }
        end(.failed(reason))
        way.channel.close(promise: nil)
    }

    private func proxyFailed(_ error: ProxyHeaderError) -> ConnectionError {
        state.proxyFailure = error.reason
        return .reset
    }

    func becameInactive() {
        end(.failed(state.phase == .closing ? .closed : .reset))
        state.phase = .closed
        if let deadline = state.deadline { resources.wheel.remove(deadline) }
        state.deadline = nil
        acceptor?.closed(self)
        acceptor = nil
    }

    /// A connection that ended can fail afterwards, but a failure stays.
    private func end(_ ending: ConnectionState.Ending) {
        if state.phase == .setup, state.ending == nil, case .failed(let error) = ending {
            acceptor?.setupFailed(self, error)
        }
        switch state.ending {
        case nil: state.ending = ending
        case .endOfInput where ending != .endOfInput: state.ending = ending
        default: break
        }
        wake()
    }

    // MARK: Waking the session

    func wake() {
        state.woken = true
        resume(&state.reader)
        if state.ending != nil { resume(&state.writer) }
    }

    func becameWritable() { resume(&state.writer) }

    /// A signal, or the server stops: the wait goes on with what is left of its time.
    func wakeWithoutInput() {
        state.woken = true
        resume(&state.reader)
    }

    func deadlinePassed() {
        switch state.phase {
        case .open where state.reader != nil || state.writer != nil:
            state.timedOut = true
            resume(&state.reader)
            resume(&state.writer)
        case .open, .closed: break
        case .setup:
            end(.failed(.timedOut))
            closeNow()
        case .closing: closeNow()
        }
    }

    private func resume(_ waiting: inout UnsafeContinuation<Void, Never>?) {
        let continuation = waiting
        waiting = nil
        continuation?.resume()
    }
}

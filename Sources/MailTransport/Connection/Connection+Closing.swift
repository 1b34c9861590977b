import MailShared
import NIOCore

extension Connection {
    /// A peer that does not take its last output is not waited for longer.
    static let closeTime = TimeAmount.seconds(5)
    /// A peer that goes on sending is listened to so long: else its reset could destroy our last reply on the way.
    static let lingerTime = TimeAmount.seconds(2)

    /// Sends what was written, close_notify with TLS, and closes. Also done when the session's function returns.
    package func close() {
        guard state.phase == .open || state.phase == .setup else { return }
        let lingers = state.ending == nil && (state.readFailed || !input.isEmpty)
        state.phase = .closing
        input.removeAll()
        guard let context = way.context else { return }
        let last = output
        output = ByteBuffer()
        state.octetsOut &+= last.readableBytes
        resources.metrics.add(.bytesOut, of: state.metricService, last.readableBytes)
        if let deadline = state.deadline { resources.wheel.set(deadline, after: Self.closeTime) }
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.whenComplete { _ in self.sentEverything(lingers) }
        context.writeAndFlush(NIOAny(last), promise: sent)
        wake()
    }

    private func sentEverything(_ lingers: Bool) {
        guard state.phase == .closing else { return }
        guard lingers, state.ending == nil else {
            way.channel.close(promise: nil)
            return
        }
        way.channel.close(mode: .output, promise: nil)
        if let deadline = state.deadline { resources.wheel.set(deadline, after: Self.lingerTime) }
        way.context?.read()
    }

    /// What the peer is still sending will not be read: the close listens for a while all the same.
    package func leaveUnread() { state.readFailed = true }

    /// Without waiting for anything.
    func closeNow() {
        if state.phase == .open { state.phase = .closing }
        if case .openSSL(let handler) = encryption { handler.abandon() }
        way.channel.close(promise: nil)
    }
}

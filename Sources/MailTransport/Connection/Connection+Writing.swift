import MailShared
import NIOCore

/// Output is collected and sent at the next wait, at `flush`, or when it becomes much.
extension Connection {
    package func write(_ bytes: [UInt8]) { bytes.withUnsafeBytes { write($0) } }
    package func write(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { write($0) } }

    package func write(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(max(1, Self.longestBatch - output.readableBytes))
            output.writeBytes(UnsafeRawBufferPointer(rebasing: part))
            rest = rest.dropFirst(part.count)
            sendIfMuch()
        }
    }

    package func write(_ text: String) {
        output.writeString(text)
        sendIfMuch()
    }

    package func write(_ text: StaticString) {
        output.writeStaticString(text)
        sendIfMuch()
    }

    private func sendIfMuch() {
        if output.readableBytes >= Self.longestBatch { flush() }
    }

    package func flush() {
        guard output.readableBytes > 0 else { return }
        let bytes = output
        output = ByteBuffer()
        state.octetsOut &+= bytes.readableBytes
        resources.metrics.add(.bytesOut, of: state.metricService, bytes.readableBytes)
        way.context?.writeAndFlush(NIOAny(bytes), promise: nil)
    }

    /// Sends, and waits while the peer takes too little: between the pieces of anything large.
    package func drain() async throws(ConnectionError) {
        resources.loop.preconditionInEventLoop()
        flush()
        while !way.channel.isWritable {
            if case .failed(let error) = state.ending { throw error }
            guard state.phase != .closing, state.phase != .closed, state.writer == nil else { throw .closed }
            try await wait(until: resources.wheel.tick(after: state.idle), parkWriter)
        }
        if case .failed(let error) = state.ending { throw error }
    }

    /// As `park` does. The end of input is no reason to go on: whoever sends no more may still read.
    private func parkWriter(_ continuation: UnsafeContinuation<Void, Never>) {
        if case .failed = state.ending { return continuation.resume() }
        guard !way.channel.isWritable else { return continuation.resume() }
        state.writer = continuation
    }
}

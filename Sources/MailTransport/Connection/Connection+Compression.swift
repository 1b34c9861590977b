import NIOCore

extension Connection {
    /// Whether octets are compressed on their way.
    package var isCompressed: Bool { state.isCompressed }

    /// After the positive reply has been written: sends it; from the next octet on both sides compress (RFC 4978).
    package func startCompression() throws(ConnectionError) {
        resources.loop.preconditionInEventLoop()
        flush()
        guard let context = way.context, state.ending == nil, !state.isCompressed else { throw .closed }
        do {
            let handler = try DeflateHandler(pool: resources.deflaters)
            try context.pipeline.syncOperations.addHandler(handler, position: .before(context.handler))
        } catch {
            throw .closed
        }
        state.isCompressed = true
    }
}

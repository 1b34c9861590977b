import NIOCore

/// Sizes of reads as NIO's adaptive allocator chooses them, but in a fresh buffer each: whoever waits keeps none.
///
/// A channel keeps its first buffer for good, whatever comes later. So the first is small: what is over is read at once.
struct SparingReads: RecvByteBufferAllocator {
    static let firstRead = 64

    private var sizes: AdaptiveRecvByteBufferAllocator
    private var isFirst = true

    init(smallest: Int, largest: Int) {
        sizes = AdaptiveRecvByteBufferAllocator(minimum: smallest, initial: smallest, maximum: largest)
    }

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        isFirst ? allocator.buffer(capacity: Self.firstRead) : sizes.buffer(allocator: allocator)
    }

    /// True keeps the channel from reading into the first buffer again.
    mutating func record(actualReadBytes: Int) -> Bool {
        if isFirst { isFirst = false } else { _ = sizes.record(actualReadBytes: actualReadBytes) }
        return true
    }
}

import CZlib
import NIOCore

/// What the peer compresses, made large again in pieces of bounded size: a few octets can stand for megabytes.
final class Inflater {
    /// Octets made at once, however many more the input stands for.
    static let chunk = Connection.readAhead

    /// At an address that does not change: zlib's state points back to it.
    private let stream: UnsafeMutablePointer<z_stream>
    private var input = ByteBuffer()
    /// The last piece was full: there may be more, also without input.
    private var mayHaveMore = false

    init() throws(CompressionError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard czlib_begin_inflate(stream) == Z_OK else {
            stream.deallocate()
            throw .outOfMemory
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    var isEmpty: Bool { input.readableBytes == 0 && !mayHaveMore }

    func append(_ bytes: ByteBuffer) {
        if input.readableBytes == 0 { input = bytes } else { input.writeImmutableBuffer(bytes) }
    }

    /// At most `chunk` octets; none when more input is needed first.
    func next(_ allocator: ByteBufferAllocator) throws(CompressionError) -> ByteBuffer {
        var plain = allocator.buffer(capacity: min(Self.chunk, max(512, input.readableBytes * 4)))
        while plain.readableBytes < Self.chunk {
            guard try inflateSome(into: &plain) else { break }
        }
        if input.readableBytes == 0 { input = ByteBuffer() }
        return plain
    }

    /// False when the input is used up.
    private func inflateSome(into plain: inout ByteBuffer) throws(CompressionError) -> Bool {
        var result = Z_OK
        input.readWithUnsafeMutableReadableBytes { source in
            stream.pointee.next_in = source.baseAddress?.assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_in = uInt(clamping: source.count)
            plain.writeWithUnsafeMutableBytes(minimumWritableBytes: 512) { space in
                stream.pointee.next_out = space.baseAddress?.assumingMemoryBound(to: Bytef.self)
                stream.pointee.avail_out = uInt(clamping: space.count)
                result = inflate(stream, Z_SYNC_FLUSH)
                return space.count - Int(stream.pointee.avail_out)
            }
            return source.count - Int(stream.pointee.avail_in)
        }
        mayHaveMore = stream.pointee.avail_out == 0
        // Z_BUF_ERROR: nothing could be done, and nothing is wrong.
        guard result == Z_OK || result == Z_BUF_ERROR else { throw result == Z_MEM_ERROR ? .outOfMemory : .badData }
        return !isEmpty && result == Z_OK
    }
}

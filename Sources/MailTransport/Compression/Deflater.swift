import CZlib
import NIOCore

/// Compresses what is sent together so that the peer can read all of it at once.
final class Deflater {
    /// Mail compresses nearly as well as with the highest, in a third of the time.
    private static let level: Int32 = 3
    /// Octets compressed into one piece.
    private static let step = 65_536

    /// At an address that does not change: zlib's state points back to it.
    private let stream: UnsafeMutablePointer<z_stream>

    init() throws(CompressionError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard czlib_begin_deflate(stream, Self.level) == Z_OK else {
            stream.deallocate()
            throw .outOfMemory
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Forgets what was sent before: from here on nothing refers to it. Raw deflate goes on in any peer.
    func forget() { deflateReset(stream) }

    /// Appends the octets to `packed`, compressed; `isLast` ends at a whole octet, so that nothing waits for more.
    func compress(_ plain: ByteBuffer, isLast: Bool, into packed: inout ByteBuffer) {
        plain.withUnsafeReadableBytes { source in
            // deflate does not write to its input; zlib's type merely does not say so.
            stream.pointee.next_in = UnsafeMutableRawPointer(mutating: source.baseAddress)?
                .assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_in = uInt(clamping: source.count)
            repeat { write(isLast ? Z_SYNC_FLUSH : Z_NO_FLUSH, into: &packed) } while stream.pointee.avail_out == 0
        }
    }

    private func write(_ flush: Int32, into packed: inout ByteBuffer) {
        packed.writeWithUnsafeMutableBytes(minimumWritableBytes: 1_024) { space in
            stream.pointee.next_out = space.baseAddress?.assumingMemoryBound(to: Bytef.self)
            stream.pointee.avail_out = uInt(clamping: min(space.count, Self.step))
            let room = stream.pointee.avail_out
            deflate(stream, flush)
            return Int(room - stream.pointee.avail_out)
        }
    }
}

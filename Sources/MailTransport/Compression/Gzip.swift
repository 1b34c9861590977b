import CZlib

/// A file as gzip writes it (RFC 1952), in memory.
package enum Gzip {
    /// nil when there is no memory for it.
    package static func packed(_ plain: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard plain.count <= Int(UInt32.max), czlib_begin_gzip(&stream) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        // The bound holds for one call with all of the input.
        var packed = [UInt8](repeating: 0, count: Int(clamping: deflateBound(&stream, uLong(plain.count))))
        let isWhole = plain.withUnsafeBufferPointer { source in
            packed.withUnsafeMutableBufferPointer { space in
                // deflate does not write to its input; zlib's type merely does not say so.
                stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.avail_in = uInt(clamping: source.count)
                stream.next_out = space.baseAddress
                stream.avail_out = uInt(clamping: space.count)
                return deflate(&stream, Z_FINISH) == Z_STREAM_END
            }
        }
        guard isWhole else { return nil }
        packed.removeLast(Int(stream.avail_out))
        return packed
    }
}

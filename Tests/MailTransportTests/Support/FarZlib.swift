import CZlib
import MailTransportTesting

/// The other side's zlib, apart from ours.
final class FarZlib {
    private let packing = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let unpacking = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var unread: [UInt8] = []

    init() {
        packing.initialize(to: z_stream())
        unpacking.initialize(to: z_stream())
        czlib_begin_deflate(packing, 9)
        czlib_begin_inflate(unpacking)
    }

    deinit {
        deflateEnd(packing)
        inflateEnd(unpacking)
        packing.deallocate()
        unpacking.deallocate()
    }

    func deflate(_ text: String) -> [UInt8] { deflate(Array(text.utf8)) }

    func deflate(_ bytes: [UInt8]) -> [UInt8] {
        turn(packing, bytes) { CZlib.deflate($0, Z_SYNC_FLUSH) }
    }

    func inflate(_ bytes: [UInt8]) -> [UInt8] {
        turn(unpacking, bytes) { CZlib.inflate($0, Z_SYNC_FLUSH) }
    }

    func receiveLine(from far: MemoryPeer) async -> String? {
        while true {
            if let end = unread.firstIndex(of: 0x0a) {
                defer { unread.removeFirst(end + 1) }
                return String(decoding: unread[...end], as: UTF8.self)
            }
            guard let packed = await far.receive() else { return nil }
            unread += inflate(packed)
        }
    }

    private func turn(
        _ stream: UnsafeMutablePointer<z_stream>, _ bytes: [UInt8], _ step: (UnsafeMutablePointer<z_stream>) -> Int32
    ) -> [UInt8] {
        var bytes = bytes
        var made: [UInt8] = []
        bytes.withUnsafeMutableBufferPointer { source in
            stream.pointee.next_in = source.baseAddress
            stream.pointee.avail_in = uInt(source.count)
            repeat {
                made += [UInt8](unsafeUninitializedCapacity: 65_536) { space, count in
                    stream.pointee.next_out = space.baseAddress
                    stream.pointee.avail_out = uInt(space.count)
                    _ = step(stream)
                    count = space.count - Int(stream.pointee.avail_out)
                }
            } while stream.pointee.avail_out == 0
        }
        return made
    }
}

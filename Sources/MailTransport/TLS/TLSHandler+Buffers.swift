import COpenSSL
import NIOCore

/// A BIO that reads and writes the handler's buffers, so that ciphertext is copied once.
extension TLSHandler {
    func attachBuffers() throws(TLSError) {
        guard let method = Self.bioMethod, let bio = BIO_new(method) else { throw .fromQueue("cannot begin TLS") }
        BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
        BIO_set_init(bio, 1)
        SSL_set_bio(ssl, bio, bio)
    }

    nonisolated(unsafe) private static let bioMethod: OpaquePointer? = {
        guard let method = BIO_meth_new(openssl_bio_type(), "ByteBuffer") else { return nil }
        BIO_meth_set_write(method) { bio, bytes, count in
            guard let handler = TLSHandler.behind(bio), let bytes, count > 0 else { return -1 }
            handler.produced.writeBytes(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
            return count
        }
        BIO_meth_set_read(method) { bio, bytes, count in
            guard let handler = TLSHandler.behind(bio), let bytes, count > 0 else { return -1 }
            openssl_bio_clear_retry(bio)
            let taken = min(Int(count), handler.received.readableBytes)
            guard taken > 0 else {
                openssl_bio_retry_read(bio)
                return -1
            }
            let space = UnsafeMutableRawBufferPointer(start: bytes, count: taken)
            handler.received.readWithUnsafeReadableBytes { source in
                space.copyMemory(from: UnsafeRawBufferPointer(rebasing: source.prefix(taken)))
                return taken
            }
            return Int32(truncatingIfNeeded: taken)
        }
        BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        return method
    }()

    static func behind(_ bio: OpaquePointer?) -> TLSHandler? {
        BIO_get_data(bio).map { Unmanaged<TLSHandler>.fromOpaque($0).takeUnretainedValue() }
    }
}

import Glibc
import MailNetwork
import NIOCore

extension PeerAddress {
    static let unknown = PeerAddress(ip: IPAddress(v4: 0), port: 0)

    /// nil for a Unix socket.
    init?(_ address: SocketAddress) {
        guard let found = address.withSockAddr({ start, size in Self.read(start, size) }) else { return nil }
        self = found
    }

    /// struct sockaddr_in has its port at 2 and its address at 4, struct sockaddr_in6 at 2 and 8.
    private static func read(_ start: UnsafeRawPointer, _ size: Int) -> PeerAddress? {
        let bytes = UnsafeRawBufferPointer(start: start, count: size)
        guard bytes.count >= MemoryLayout<sockaddr_in>.size else { return nil }
        let family = Int32(bytes.loadUnaligned(as: sa_family_t.self))
        let port = UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        switch family {
        case AF_INET: return IPAddress(bytes: bytes.dropFirst(4).prefix(4)).map { PeerAddress(ip: $0, port: port) }
        case AF_INET6: return IPAddress(bytes: bytes.dropFirst(8).prefix(16)).map { PeerAddress(ip: $0, port: port) }
        default: return nil
        }
    }
}

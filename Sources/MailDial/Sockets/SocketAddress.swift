import Glibc
import MailNetwork

/// An address as the system's calls take it.
struct SocketAddress {
    private let storage: sockaddr_storage

    init(_ storage: sockaddr_storage) { self.storage = storage }

    init(_ peer: PeerAddress) {
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { space in
            let port = peer.port.bigEndian
            switch peer.ip.family {
            case .v4:
                let address = sockaddr_in(
                    sin_family: sa_family_t(AF_INET), sin_port: port, sin_addr: in_addr(),
                    sin_zero: (0, 0, 0, 0, 0, 0, 0, 0))
                withUnsafeBytes(of: address) { space.copyMemory(from: $0) }
                space[Self.addressOffset4...].copyBytes(from: peer.ip.bytes)
            case .v6:
                let address = sockaddr_in6(
                    sin6_family: sa_family_t(AF_INET6), sin6_port: port, sin6_flowinfo: 0, sin6_addr: in6_addr(),
                    sin6_scope_id: 0)
                withUnsafeBytes(of: address) { space.copyMemory(from: $0) }
                space[Self.addressOffset6...].copyBytes(from: peer.ip.bytes)
            }
        }
        self.storage = storage
    }

    func withPointer<T>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
        let isSix = storage.ss_family == sa_family_t(AF_INET6)
        let size = isSix ? MemoryLayout<sockaddr_in6>.size : MemoryLayout<sockaddr_in>.size
        return withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(size)) }
        }
    }

    /// nil for families that are not IP.
    var peer: PeerAddress? {
        withUnsafeBytes(of: storage) { bytes in
            let port = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
            switch storage.ss_family {
            case sa_family_t(AF_INET):
                return IPAddress(bytes: bytes[Self.addressOffset4..<Self.addressOffset4 + 4]).map {
                    PeerAddress(ip: $0, port: port)
                }
            case sa_family_t(AF_INET6):
                return IPAddress(bytes: bytes[Self.addressOffset6..<Self.addressOffset6 + 16]).map {
                    PeerAddress(ip: $0, port: port)
                }
            default: return nil
            }
        }
    }

    // <netinet/in.h>: behind family and port; IPv6 has the flow label between.
    private static let addressOffset4 = 4
    private static let addressOffset6 = 8
}

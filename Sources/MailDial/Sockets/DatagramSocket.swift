import Glibc
internal import MailNetwork

/// A UDP socket of one thread that hears one peer alone; the system chooses its port at random (RFC 5452 §9.2).
final class DatagramSocket {
    private static let largest = 65_535

    private let descriptor: Int32

    init(to peer: PeerAddress) throws(DialFailure) {
        let family = peer.ip.family == .v4 ? AF_INET : AF_INET6
        let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = Glibc.socket(family, kind, 0)
        guard descriptor >= 0 else { throw DialFailure(errno: errno) }
        let isConnected = SocketAddress(peer).withPointer { Glibc.connect(descriptor, $0, $1) == 0 }
        guard isConnected else { throw DialFailure(errno: errno) }
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    func write(_ bytes: [UInt8]) throws(DialFailure) {
        let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count == bytes.count else { throw DialFailure(errno: errno) }
    }

    /// The next datagram.
    func read(by deadline: Deadline) throws(DialFailure) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.largest)
        while true {
            guard !deadline.hasPassed else { throw .timedOut }
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&entry, 1, Int32(clamping: deadline.millisecondsLeft))
            guard ready > 0 else {
                guard ready == 0 || errno == EINTR else { throw DialFailure(errno: errno) }
                continue
            }
            let count = recv(descriptor, &block, block.count, 0)
            if count >= 0 { return Array(block.prefix(count)) }
            guard errno == EAGAIN || errno == EINTR else { throw DialFailure(errno: errno) }
        }
    }
}

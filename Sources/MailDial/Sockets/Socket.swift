import Glibc
package import MailNetwork

/// A TCP connection of one thread: blocking, with a deadline over every wait.
package final class Socket: @unchecked Sendable {  // the descriptor never changes; a second thread only waits
    private static let blockSize = 16_384

    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { Glibc.close(descriptor) }

    /// Throws what the system said, `.timedOut` when it said nothing by then.
    package static func connect(to peer: PeerAddress, by deadline: Deadline) throws(DialFailure) -> Socket {
        let family = peer.ip.family == .v4 ? AF_INET : AF_INET6
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc.socket(family, kind, 0)
        guard descriptor >= 0 else { throw DialFailure(errno: errno) }
        let socket = Socket(descriptor)
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        let code = SocketAddress(peer).withPointer { Glibc.connect(descriptor, $0, $1) == 0 ? 0 : errno }
        guard code != 0 else { return socket }
        guard code == EINPROGRESS else { throw DialFailure(errno: code) }
        try socket.wait(for: Int16(POLLOUT), by: deadline)
        var failure: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size)
        guard failure == 0 else { throw DialFailure(errno: failure) }
        return socket
    }

    /// At least one byte; nothing when it is too late, whatever waits: a flood must end too.
    package func read(by deadline: Deadline) throws(DialFailure) -> [UInt8] {
        guard !deadline.hasPassed else { throw .timedOut }
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        while true {
            let count = recv(descriptor, &block, block.count, 0)
            if count > 0 { return Array(block.prefix(count)) }
            if count == 0 { throw .closed }
            guard errno == EAGAIN || errno == EINTR else { throw DialFailure(errno: errno) }
            try wait(for: Int16(POLLIN), by: deadline)
        }
    }

    package func write(_ bytes: [UInt8], by deadline: Deadline) throws(DialFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else {
                guard errno == EAGAIN || errno == EINTR else { throw DialFailure(errno: errno) }
                try wait(for: Int16(POLLOUT), by: deadline)
            }
        }
    }

    /// This end, as this machine knows it.
    package var localAddress: PeerAddress? {
        var space = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let done = withUnsafeMutablePointer(to: &space) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return done == 0 ? SocketAddress(space).peer : nil
    }

    /// Reads nothing: safe beside the thread that does.
    func waitUntilReadable(by deadline: Deadline) -> Bool {
        do {
            try wait(for: Int16(POLLIN), by: deadline)
            return true
        } catch {
            return false
        }
    }

    private func wait(for events: Int16, by deadline: Deadline) throws(DialFailure) {
        while true {
            var entry = pollfd(fd: descriptor, events: events, revents: 0)
            let count = poll(&entry, 1, Int32(clamping: deadline.millisecondsLeft))
            if count > 0 { return }
            if count == 0 { throw .timedOut }
            guard errno == EINTR else { throw DialFailure(errno: errno) }
        }
    }
}

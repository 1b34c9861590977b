import Glibc

/// One end of the line between supervisor and worker: whole messages (SOCK_SEQPACKET), never blocking.
package struct ControlChannel: Sendable {
    /// An assignment with a hundred sockets fits.
    package static let mostBytes = 65_536

    package enum Received: Sendable, Equatable {
        case message([UInt8])
        case nothing
        /// The other process has gone, or it sends what nobody here sends.
        case closed
    }

    package let descriptor: Int32

    package init(descriptor: Int32) { self.descriptor = descriptor }

    package static func pair() throws(SystemFailure) -> (ours: ControlChannel, theirs: ControlChannel) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw SystemFailure("socketpair") }
        let made = try raised(ends[0], otherwise: ends[1])
        return (.init(descriptor: made), .init(descriptor: try raised(ends[1], otherwise: made)))
    }

    /// When it fails, the other end is closed as well.
    private static func raised(_ end: Int32, otherwise other: Int32) throws(SystemFailure) -> Int32 {
        do { return try Descriptor.raised(end) } catch {
            Glibc.close(other)
            throw error
        }
    }

    /// False when the message could not be handed over: the other end does not read, or is gone.
    @discardableResult
    package func send(_ message: [UInt8]) -> Bool {
        guard message.count <= Self.mostBytes else { return false }
        while true {
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            let count = message.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
            if count < 0, errno == EINTR { continue }
            return count == message.count
        }
    }

    /// `waits`: until there is something.
    package func receive(waits: Bool = false) -> Received {
        var buffer = [UInt8](repeating: 0, count: Self.mostBytes)
        while true {
            let flags = Int32(MSG_TRUNC)
            let count = recv(descriptor, &buffer, buffer.count, flags)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                guard waits else { return .nothing }
                var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                poll(&entry, 1, -1)
                continue
            }
            guard count > 0, count <= buffer.count else { return .closed }
            return .message(Array(buffer.prefix(count)))
        }
    }

    package func close() { Glibc.close(descriptor) }
}

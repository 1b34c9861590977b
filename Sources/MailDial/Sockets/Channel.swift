package import MailNetwork

/// Bytes to and from a server, in the clear or through TLS, with lines on top.
package final class Channel {
    /// Longer than any line that a mail server sends in answer to a probe.
    package static let longestLine = 65_536

    /// More than that from one server in one connection is no answer to a probe.
    private static let mostBytes = 4_194_304

    private let socket: Socket
    private var received = 0
    package private(set) var tls: TLSSession?
    private var buffer: [UInt8] = []

    package init(_ socket: Socket) { self.socket = socket }

    package static func connect(to peer: PeerAddress, by deadline: Deadline) throws(DialFailure) -> Channel {
        Channel(try Socket.connect(to: peer, by: deadline))
    }

    package var localAddress: PeerAddress? { socket.localAddress }

    /// When the next bytes come, though this thread may be busy with another connection meanwhile.
    package func arrival(by deadline: Deadline) -> Arrival { Arrival(on: socket, by: deadline) }

    /// What has arrived and nobody has read: after a handshake in the clear it must be nothing.
    package var unread: [UInt8] { buffer }

    /// What comes from now on goes through TLS. Whatever stood unread before the handshake is dropped.
    package func encrypt(_ offer: TLSOffer, by deadline: Deadline) throws(HandshakeFailure) {
        buffer = []
        tls = try TLSSession(offer, over: socket, by: deadline)
    }

    package func write(_ text: String, by deadline: Deadline) throws(DialFailure) {
        try write(Array(text.utf8), by: deadline)
    }

    package func write(_ bytes: [UInt8], by deadline: Deadline) throws(DialFailure) {
        guard let tls else { return try socket.write(bytes, by: deadline) }
        try tls.write(bytes, by: deadline)
    }

    /// Without its end; bytes that are not UTF-8 come as U+FFFD.
    package func readLine(by deadline: Deadline) throws(DialFailure) -> String {
        while true {
            if let end = buffer.firstIndex(of: 0x0a) {
                let line = buffer[..<end].last == 0x0d ? buffer[..<end].dropLast() : buffer[..<end]
                let text = String(decoding: line, as: UTF8.self)
                buffer.removeFirst(end + 1)
                return text
            }
            guard buffer.count < Self.longestLine else { throw .tooLong }
            try fill(by: deadline)
        }
    }

    /// Exactly `count` bytes: a literal of IMAP.
    package func read(_ count: Int, by deadline: Deadline) throws(DialFailure) -> [UInt8] {
        guard count <= Self.longestLine else { throw .tooLong }
        while buffer.count < count { try fill(by: deadline) }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    /// What there is until the other side ends, at most `limit` bytes.
    package func readAll(limit: Int, by deadline: Deadline) throws(DialFailure) -> [UInt8] {
        do {
            while buffer.count < limit { try fill(by: deadline) }
        } catch .closed {
            return buffer
        }
        throw .tooLong
    }

    /// At least one more byte.
    package func fill(by deadline: Deadline) throws(DialFailure) {
        let bytes = if let tls { try tls.read(by: deadline) } else { try socket.read(by: deadline) }
        received += bytes.count
        guard received <= Self.mostBytes else { throw .tooLong }
        buffer += bytes
    }
}

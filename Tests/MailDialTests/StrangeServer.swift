import Glibc
import MailNetwork
import Synchronization

@testable import MailDial

/// A name server on loopback that answers each question as the test says: with datagrams, by TCP, or not at all.
final class StrangeServer: Sendable {
    struct Failure: Error {}

    struct Asked: Sendable {
        let question: DNSQuestion
        let id: UInt16
        let octets: [UInt8]
        let isStream: Bool

        /// A proper answer.
        func answer(
            _ answers: [[UInt8]] = [], authorities: [[UInt8]] = [], flags: UInt16 = 0x8180
        ) -> [UInt8] {
            let all = DNSSample.message(to: question, answers, authorities: authorities, flags: flags)
            return Array(octets.prefix(2)) + all.dropFirst(2)
        }
    }

    let address: PeerAddress
    private let count = Mutex(0)

    var questions: Int { count.withLock { $0 } }

    /// Each array is one datagram, or one message by TCP.
    init(_ answer: @escaping @Sendable (Asked) -> [[UInt8]]) throws {
        let (datagrams, streams, port) = try Self.pair()
        guard listen(streams, 16) == 0 else { throw Failure() }
        address = PeerAddress(ip: IPAddress(v4: 0x7f00_0001), port: port)
        BlockingThread.start { [weak self] in Self.serve(datagrams, answer) { self?.note() } }
        BlockingThread.start { [weak self] in Self.accept(streams, answer) { self?.note() } }
    }

    private func note() { count.withLock { $0 += 1 } }

    /// One number for both kinds: what is free for datagrams may be taken for streams.
    private static func pair() throws -> (Int32, Int32, UInt16) {
        for _ in 0..<20 {
            let (datagrams, port) = try bound(SOCK_DGRAM, 0)
            if let (streams, _) = try? bound(SOCK_STREAM, port) { return (datagrams, streams, port) }
            close(datagrams)
        }
        throw Failure()
    }

    private static func bound(_ kind: __socket_type, _ port: UInt16) throws -> (Int32, UInt16) {
        let descriptor = socket(AF_INET, Int32(kind.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, 4)
        let peer = PeerAddress(ip: IPAddress(v4: 0x7f00_0001), port: port)
        guard SocketAddress(peer).withPointer({ bind(descriptor, $0, $1) }) == 0 else { throw Failure() }
        var space = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = withUnsafeMutablePointer(to: &space) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard let found = SocketAddress(space).peer?.port else { throw Failure() }
        return (descriptor, found)
    }

    private static func serve(
        _ descriptor: Int32, _ answer: @Sendable (Asked) -> [[UInt8]], _ note: () -> Void
    ) {
        while true {
            var block = [UInt8](repeating: 0, count: 2_048)
            var space = sockaddr_storage()
            var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
            withUnsafeMutablePointer(to: &space) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                    let length = recvfrom(descriptor, &block, block.count, 0, place, &size)
                    note()
                    guard let asked = asked(Array(block.prefix(max(0, length))), isStream: false) else { return }
                    for bytes in answer(asked) { _ = sendto(descriptor, bytes, bytes.count, 0, place, size) }
                }
            }
        }
    }

    private static func accept(
        _ descriptor: Int32, _ answer: @Sendable (Asked) -> [[UInt8]], _ note: () -> Void
    ) {
        while true {
            let client = Glibc.accept(descriptor, nil, nil)
            var block = [UInt8](repeating: 0, count: 2_048)
            let length = recv(client, &block, block.count, 0)
            note()
            if let asked = asked(Array(block.prefix(max(0, length)).dropFirst(2)), isStream: true) {
                for bytes in answer(asked) {
                    let whole = [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xff)] + bytes
                    _ = send(client, whole, whole.count, Int32(MSG_NOSIGNAL))
                }
            }
            close(client)
        }
    }

    private static func asked(_ octets: [UInt8], isStream: Bool) -> Asked? {
        let message = DNSMessage(octets)
        guard let text = message.name(at: 12), let name = DNSName(text), let end = message.endOfName(at: 12),
            let number = message.number16(at: end), let kind = DNSRecord.Kind(rawValue: Int32(number)),
            let id = message.number16(at: 0)
        else { return nil }
        return Asked(question: DNSQuestion(name: name, kind: kind), id: id, octets: octets, isStream: isStream)
    }
}

import Glibc
import MailNetwork

@testable import MailDial

/// A server on loopback that says to whoever connects what the test tells it to.
final class ScriptedServer: Sendable {
    struct Failure: Error {}

    let address: PeerAddress
    private let listener: Int32

    /// `answer`: to each packet that arrives; nil keeps silent.
    init(greeting: String = "", _ answer: @escaping @Sendable (String) -> [UInt8]?) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        address = PeerAddress(ip: IPAddress(v4: 0x7f00_0001), port: try Self.bound(descriptor))
        listener = descriptor
        guard listen(descriptor, 16) == 0 else { throw Failure() }
        BlockingThread.start {
            while case let client = accept(descriptor, nil, nil), client >= 0 {
                BlockingThread.start { Self.serve(client, greeting, answer) }
            }
            close(descriptor)
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    private static func serve(_ client: Int32, _ greeting: String, _ answer: @Sendable (String) -> [UInt8]?) {
        say(Array(greeting.utf8), client)
        var block = [UInt8](repeating: 0, count: 4_096)
        while case let count = recv(client, &block, block.count, 0), count > 0 {
            if let words = answer(String(decoding: block.prefix(count), as: UTF8.self)) { say(words, client) }
        }
        close(client)
    }

    private static func say(_ bytes: [UInt8], _ client: Int32) {
        _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// A port where nobody listens, for as long as the test needs it.
    static func closedPort() throws -> PeerAddress {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        return PeerAddress(ip: IPAddress(v4: 0x7f00_0001), port: try bound(descriptor))
    }

    private static func bound(_ descriptor: Int32) throws -> UInt16 {
        let peer = PeerAddress(ip: IPAddress(v4: 0x7f00_0001), port: 0)
        guard SocketAddress(peer).withPointer({ bind(descriptor, $0, $1) }) == 0 else { throw Failure() }
        var space = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        _ = withUnsafeMutablePointer(to: &space) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard let port = SocketAddress(space).peer?.port else { throw Failure() }
        return port
    }
}

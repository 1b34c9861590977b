import Glibc
import MailNetwork
import Testing

@testable import MailDial

/// A server that never stops sending, on loopback: every read of it must end.
@Suite struct FloodTests {
    @Test func aFloodEndsAtTheDeadline() throws {
        let socket = try Socket.connect(to: try Flood.start(), by: .after(milliseconds: 5_000))
        let (deadline, watch) = (Deadline.after(milliseconds: 300), Stopwatch())
        #expect(throws: DialFailure.timedOut) {
            while watch.milliseconds < 5_000 {
                usleep(1_000)  // slower than the flood: something waits always
                _ = try socket.read(by: deadline)
            }
        }
        #expect(watch.milliseconds < 10_000)
    }

    @Test func aFloodEndsAtFourMegabytes() throws {
        let channel = try Channel.connect(to: try Flood.start(), by: .after(milliseconds: 5_000))
        let (deadline, watch) = (Deadline.after(milliseconds: 60_000), Stopwatch())
        #expect(throws: DialFailure.tooLong) {
            while watch.milliseconds < 20_000 { _ = try channel.readLine(by: deadline) }
        }
    }

    @Test func aLineThatNeverEndsIsTooLong() throws {
        let channel = try Channel.connect(to: try Flood.start(of: "x"), by: .after(milliseconds: 5_000))
        #expect(throws: DialFailure.tooLong) { try channel.readLine(by: .after(milliseconds: 20_000)) }
    }
}

private enum Flood {
    struct Failure: Error {}

    /// Sends to one client until it has gone.
    static func start(of piece: String = "* noise\r\n") throws -> PeerAddress {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { place -> UInt16? in
                guard bind(listener, place, size) == 0, listen(listener, 1) == 0,
                    getsockname(listener, place, &size) == 0
                else { return nil }
                return pointer.pointee.sin_port.bigEndian
            }
        }
        guard let port else { throw Failure() }
        let block = Array(String(repeating: piece, count: 4_096).utf8)
        BlockingThread.start {
            let client = accept(listener, nil, nil)
            while send(client, block, block.count, Int32(MSG_NOSIGNAL)) > 0 {}
            close(client)
            close(listener)
        }
        return PeerAddress(ip: IPAddress(v4: 0x7f00_0001), port: port)
    }
}

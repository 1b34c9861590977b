import Foundation
import Glibc
import MailOpenID
import Synchronization
import Testing

@Suite struct ProviderFailureTests {
    /// Takes connections on loopback, ten seconds each by the clock of the provider's client, and says nothing to them.
    private final class Silence: Sendable {
        let port: UInt16
        let taken = Mutex(0)
        let now = Mutex<Int64>(1_700_000_000)
        private let socket: Int32

        init() throws {
            let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(socket, address, length) == 0 && listen(socket, 8) == 0
                        && getsockname(socket, address, &length) == 0
                }
            }
            try #require(isOpen)
            self.socket = socket
            port = UInt16(bigEndian: address.sin_port)
        }

        func serve() {
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else { return }
                taken.withLock { $0 += 1 }
                now.withLock { $0 += 10 }
                Glibc.close(connection)
            }
        }

        func stop() {
            shutdown(socket, Int32(SHUT_RDWR))
            Glibc.close(socket)
        }
    }

    /// The pause begins when the question has come to nothing, however long that took.
    @Test func theNextOneDoesNotWaitAsLong() throws {
        let silence = try Silence()
        Thread.detachNewThread { silence.serve() }
        let settings = OpenIDSettings(issuer: "https://127.0.0.1:\(silence.port)", client: "mail")
        let provider = try OpenIDProvider(settings, secret: { _ in nil }, clock: { silence.now.withLock { $0 } })
        func ask() {
            #expect(throws: OpenIDFailure.self) {
                try provider.place(
                    state: "s", nonce: "n", verifier: "v", redirect: "https://mail.example/login/callback")
            }
        }
        for _ in 0..<3 { ask() }
        #expect(silence.taken.withLock { $0 } == 1)
        silence.now.withLock { $0 += OpenIDLimits.failurePause }
        ask()
        #expect(silence.taken.withLock { $0 } == 2)
        silence.stop()
    }
}

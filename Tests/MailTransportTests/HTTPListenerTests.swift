import Foundation
import Glibc
import MailNetwork
import Testing

@testable import MailTransport

/// The monitor's HTTP: what it answers, and what it does not put up with.
@Suite struct HTTPListenerTests {
    private func listener() -> HTTPListener {
        HTTPListener { HTTPAnswer($0.path == "/there" ? 200 : 404, "path \($0.path)\n") }
    }

    /// Everything the server says to these bytes until it closes.
    private func talk(_ text: String, port: Int) throws -> String {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let isOpen = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        #expect(isOpen)
        let bytes = Array(text.utf8)
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        var answer: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &block, block.count)
            guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
            answer += block[..<count]
        }
    }

    @Test func answers() async throws {
        let listener = listener()
        let port = try await listener.listen(at: .address(IPAddress(v4: 0x7f00_0001), port: 0))
        let good = try talk("GET /there?query HTTP/1.1\r\nHost: x\r\n\r\n", port: port)
        #expect(good.hasPrefix("HTTP/1.1 200 OK\r\n") && good.hasSuffix("\r\n\r\npath /there\n"))
        #expect(good.contains("Content-Length: 12\r\n") && good.contains("Connection: close\r\n"))
        let head = try talk("HEAD /there HTTP/1.1\r\nHost: x\r\n\r\n", port: port)
        #expect(head.contains("Content-Length: 12\r\n") && head.hasSuffix("\r\n\r\n"))
        #expect(try talk("GET /other HTTP/1.0\r\n\r\n", port: port).hasPrefix("HTTP/1.1 404 "))
        await listener.stop()
    }

    @Test(arguments: [
        ("POST /there HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "405"),
        ("DELETE /there HTTP/1.1\r\nHost: x\r\n\r\n", "405"),
        ("GET /there HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc", "413"),
        ("GET /there HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", "413"),
        ("GET * HTTP/1.1\r\nHost: x\r\n\r\n", "404"), ("nonsense\r\n\r\n", "400"),
        ("GET /" + String(repeating: "x", count: 2_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", "404"),
    ])
    func refuses(request: String, status: String) async throws {
        let listener = listener()
        let port = try await listener.listen(at: .address(IPAddress(v4: 0x7f00_0001), port: 0))
        #expect(try talk(request, port: port).hasPrefix("HTTP/1.1 \(status) "))
        await listener.stop()
    }

    /// A header without end is cut off, and the next client is served.
    @Test func endlessHeaders() async throws {
        let listener = listener()
        let port = try await listener.listen(at: .address(IPAddress(v4: 0x7f00_0001), port: 0))
        let flood =
            "GET /there HTTP/1.1\r\n"
            + String(repeating: "X: " + String(repeating: "y", count: 900) + "\r\n", count: 200)
        let answer = try talk(flood + "\r\n", port: port)
        #expect(!answer.hasPrefix("HTTP/1.1 200"))
        #expect(try talk("GET /there HTTP/1.1\r\nHost: x\r\n\r\n", port: port).hasPrefix("HTTP/1.1 200"))
        await listener.stop()
    }

    @Test func aSocketFileOnlyForItsOwner() async throws {
        let path = NSTemporaryDirectory() + "monitor-\(UUID().uuidString.prefix(8)).sock"
        for _ in 0..<2 {  // a second server takes over what the first has left
            let listener = listener()
            try await listener.listen(at: .path(path))
            var status = stat()
            #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
            await listener.stop()
        }
        unlink(path)
    }
}

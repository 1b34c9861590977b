import MailNetwork
import Testing

@testable import MailTransport

@Suite struct ProxyHeaderTests {
    static func header(_ command: UInt8, _ family: UInt8, _ body: [UInt8], version: UInt8 = 2, length: Int? = nil)
        -> [UInt8]
    {
        let count = length ?? body.count
        return ProxyHeader.signature + [version << 4 | command, family, UInt8(count >> 8), UInt8(count & 255)] + body
    }

    static let four: [UInt8] = [192, 0, 2, 1, 198, 51, 100, 2, 0x12, 0x34, 0, 25]
    static let six: [UInt8] =
        [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [1] + [UInt8](repeating: 0, count: 15) + [
            1, 0xff, 0xff, 3, 0xe1,
        ]

    static func addresses(_ source: String, _ sourcePort: UInt16, _ destination: String, _ port: UInt16) -> ProxyHeader
    {
        ProxyHeader(
            source: IPAddress(source).map { PeerAddress(ip: $0, port: sourcePort) },
            destination: IPAddress(destination).map { PeerAddress(ip: $0, port: port) })
    }

    @Test(
        arguments: [
            (header(1, 0x11, four), .header(addresses("192.0.2.1", 0x1234, "198.51.100.2", 25), length: 28)),
            (header(1, 0x11, four) + [0x55], .header(addresses("192.0.2.1", 0x1234, "198.51.100.2", 25), length: 28)),
            (
                header(1, 0x11, four + [4, 0, 1, 0]),
                .header(addresses("192.0.2.1", 0x1234, "198.51.100.2", 25), length: 32)
            ),
            (header(1, 0x21, six), .header(addresses("2001:db8::1", 65535, "::1", 993), length: 52)),
            (header(0, 0x00, []), .header(ProxyHeader(), length: 16)),
            (header(0, 0x11, four), .header(ProxyHeader(), length: 28)),
            (header(1, 0x00, []), .header(ProxyHeader(), length: 16)),
            (header(1, 0x31, [UInt8](repeating: 0, count: 216)), .header(ProxyHeader(), length: 232)),
            (header(1, 0x11, Array(four.dropLast())), .invalid("PROXY command, family or length is wrong")),
            (header(1, 0x21, four), .invalid("PROXY command, family or length is wrong")),
            (header(1, 0x12, four), .invalid("PROXY command, family or length is wrong")),
            (header(2, 0x11, four), .invalid("PROXY command, family or length is wrong")),
            (header(1, 0x11, four, version: 1), .invalid("PROXY version 1")),
            (header(1, 0x11, [], length: 4096), .incomplete),
            (header(1, 0x11, [], length: 4097), .invalid("PROXY header of 4097 octets")),
            (header(1, 0x11, [], length: 65535), .invalid("PROXY header of 65535 octets")),
            (Array("PROXY TCP4 192.0.2.1".utf8), .invalid("not a PROXY v2 header")),
            ([0x0d, 0x0a, 0x0d, 0x0a, 0x01], .invalid("not a PROXY v2 header")),
            ([], .incomplete),
        ] as [([UInt8], ProxyHeader.Outcome)]) func parses(bytes: [UInt8], outcome: ProxyHeader.Outcome)
    {
        #expect(ProxyHeader.parse(bytes) == outcome)
    }

    @Test func isIncompleteAtEveryCut() {
        for whole in [Self.header(1, 0x11, Self.four), Self.header(1, 0x21, Self.six + [3, 0, 4, 1, 2, 3, 4])] {
            for cut in 0..<whole.count { #expect(ProxyHeader.parse(Array(whole.prefix(cut))) == .incomplete) }
        }
    }

    @Test func takesTheAddressFromTheProxy() async throws {
        let server = try await EchoServer(proxies: [try #require(AddressPrefix("127.0.0.0/8"))])
        let client = try await server.connect()
        let answers = try await client.run { connection in
            connection.write(Self.header(1, 0x11, Self.four) + Array("pipelined\r\n".utf8))
            return [try await connection.readLine(limit: 100), try await connection.readLine(limit: 100)].map {
                $0.map { String(decoding: $0.bytes, as: UTF8.self) }
            }
        }
        #expect(answers == ["hello 192.0.2.1", "OK pipelined"])
        await server.stop()
    }

    @Test func worksInFrontOfTLSByteByByte() async throws {
        let authority = try Authority()
        let tls = try TLSServerContext(identities: [try authority.issue("a")])
        let server = try await EchoServer(
            security: .implicit, tls: tls, proxies: [try #require(AddressPrefix("127.0.0.1"))])
        let client = try await server.connect()
        let context = try TLSClientContext(trust: .authorities(file: authority.file))
        try await client.run { connection in
            for octet in Self.header(1, 0x21, Self.six) {
                connection.write([octet])
                connection.flush()
            }
            try await connection.startTLS(context, serverName: "localhost")
        }
        #expect(try await client.ask("") == ["hello 2001:db8::1"])
        await server.stop()
    }

    @Test(arguments: ["GET / HTTP/1.0\r\n", "\r\n\r\n\0\r\nQUIT\r\n"])
    func refusesProxiesWithoutHeader(text: String) async throws {
        let server = try await EchoServer(proxies: [try #require(AddressPrefix("127.0.0.1"))])
        let client = try await server.connect()
        await #expect(throws: (any Error).self) {
            let lines = try await client.ask(text)
            if lines.isEmpty { throw ConnectionError.closed }
        }
        #expect(await eventually { server.events.all.count == 1 })
        guard case .proxyHeaderRefused(_, let reason)? = server.events.all.first else {
            Issue.record("\(server.events.all)"); return
        }
        #expect(reason == "not a PROXY v2 header" || reason == "PROXY version 0")
        await server.stop()
    }

    @Test func waitsOnlySoLongForTheHeader() async throws {
        let limits = ConnectionLimits(proxyHeaderSeconds: 1)
        let server = try await EchoServer(limits: limits, proxies: [try #require(AddressPrefix("127.0.0.1"))])
        let client = try await server.connect()
        _ = try? await client.ask("\r\n\r\n")
        #expect(
            server.events.all.map { event in
                if case .proxyHeaderRefused(_, let reason) = event { reason } else { "?" }
            } == ["timedOut"])
        await server.stop()
    }

    /// From everybody else the header is nothing but bytes.
    @Test func refusesTheHeaderFromOthers() async throws {
        let server = try await EchoServer(proxies: [try #require(AddressPrefix("192.0.2.0/24"))])
        let client = try await server.connect()
        let lines = try await client.run { connection in
            connection.write(Self.header(1, 0x11, Self.four) + Array("\r\n".utf8))
            _ = try await connection.readLine(limit: 100)
            return try await connection.readLine(limit: 100)?.bytes
        }
        #expect(lines == Array("OK ".utf8))
        await server.stop()
    }
}

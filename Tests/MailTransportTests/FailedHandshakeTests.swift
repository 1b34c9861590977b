import Foundation
import MailNetwork
import Testing

@testable import MailTransport

/// What can be told of clients that did not get through.
@Suite struct FailedHandshakeTests {
    @Test(
        arguments: [
            ("peer hung up", .nothing, nil, .silence), ("timedOut", .nothing, nil, .silence),
            ("plaintext behind STARTTLS", .nothing, nil, .injection),
            ("TLS handshake: wrong version number", .other, nil, .plaintext), ("timedOut", .other, nil, .plaintext),
            ("TLS handshake: http request", .other, nil, .http),
            ("TLS handshake: tlsv1 alert unknown ca", .tls, 48, .alert),
            ("TLS handshake: unsupported protocol", .tls, nil, .version),
            ("TLS handshake: no shared cipher", .tls, nil, .cipher),
            ("TLS handshake: no application protocol", .tls, nil, .alpn),
            ("the peer hung up in the TLS handshake", .tls, nil, .hungUp), ("reset", .tls, nil, .hungUp),
            ("timedOut", .tls, nil, .timeout), ("TLS handshake: something new", .tls, nil, .other),
        ] as [(String, FailedHandshake.Beginning, UInt8?, HandshakeCause)])
    func causes(reason: String, beginning: FailedHandshake.Beginning, alert: UInt8?, cause: HandshakeCause) {
        #expect(FailedHandshake(reason: reason, beginning: beginning, alert: alert).cause == cause)
    }

    @Test(
        arguments: [
            ([4, 3, 4, 3, 3], 0x0304), ([6, 0x7a, 0x7a, 3, 3, 3, 2], 0x0303), ([2, 0x1a, 0x1a], nil), ([], nil),
            ([2], nil),
            ([3, 3, 3, 3], 0x0303),
        ] as [([UInt8], UInt16?)]) func newestVersions(body: [UInt8], version: UInt16?)
    {
        #expect(ClientHello.newest(in: body) == version)
    }

    @Test(
        arguments: [
            ([0, 6, 0, 0, 3, 0x61, 0x2e, 0x62], "a.b"), ([0, 6, 1, 0, 3, 0x61, 0x2e, 0x62], nil),
            ([0, 6, 0, 0, 4, 0x61, 0x2e, 0x62], nil), ([0, 4, 0, 0, 1, 0xff], nil), ([0, 3, 0, 0, 0], nil), ([], nil),
        ] as [([UInt8], String?)]) func namesOfServers(body: [UInt8], name: String?)
    {
        #expect(ClientHello.hostName(in: body) == name)
    }

    private func failure(_ options: String, input: String = "") async throws -> (ConnectionOrigin, FailedHandshake)? {
        let authority = try Authority()
        let tls = try TLSServerContext(identities: [try authority.issue("a")], alpn: ["echo"])
        let server = try await EchoServer(security: .implicit, tls: tls)
        _ = try await runAside("openssl s_client -connect 127.0.0.1:\(server.port) \(options)", input: input)
        #expect(await eventually { server.events.all.count == 1 })
        await server.stop()
        guard case .handshakeFailed(let origin, let failed)? = server.events.all.first else { return nil }
        #expect(origin.local.port == server.port && origin.peer.ip.isLoopback && origin.proxy == nil)
        return (origin, failed)
    }

    @Test(
        arguments: [
            ("-servername x.test -verify_return_error", .alert, 48, 0x0304),
            ("-servername x.test -verify_return_error -tls1_2", .alert, 48, 0x0303),
            ("-servername x.test -tls1_1 -cipher DEFAULT@SECLEVEL=0", .version, nil, 0x0302),
            ("-servername x.test -tls1_2 -cipher AES256-SHA", .cipher, nil, 0x0303),
            ("-servername x.test -alpn other", .alpn, nil, 0x0304),
        ] as [(String, HandshakeCause, UInt8?, UInt16)])
    func whatRealClientsLeave(options: String, cause: HandshakeCause, alert: UInt8?, version: UInt16) async throws {
        let failed = try #require(try await failure(options)).1
        #expect(failed.cause == cause && failed.alert == alert, "\(failed)")
        #expect(failed.hello == ClientHello(version: version, serverName: "x.test"))
        #expect(failed.hello?.versionName.hasPrefix("TLSv1.") == true)
    }

    /// A client that goes with the last octets of its handshake has had no fault in it, though its session hears of both at once.
    @Test func goingAtOnceIsNoFault() async throws {
        let authority = try Authority()
        let tls = try TLSServerContext(identities: [try authority.issue("a")])
        let server = try await EchoServer(security: .starttls, tls: tls)
        let done = try await runAside(
            """
            python3 -c '
            import socket, ssl
            context = ssl.create_default_context(cafile="\(authority.file)")
            with socket.create_connection(("127.0.0.1", \(server.port))) as wire:
                wire.sendall(b"STARTTLS\\r\\n")
                text = b""
                while b"go" not in text: text += wire.recv(100)
                came, goes = ssl.MemoryBIO(), ssl.MemoryBIO()
                tls = context.wrap_bio(came, goes, server_hostname="mail.example.test")
                while True:
                    try: tls.do_handshake(); break
                    except ssl.SSLWantReadError:
                        wire.sendall(goes.read())
                        came.write(wire.recv(65536))
                try: tls.unwrap()
                except ssl.SSLWantReadError: pass
                wire.sendall(goes.read())  # Finished and close_notify
                wire.recv(1)
            '
            """)
        #expect(done.status == 0, "\(done)")
        #expect(await eventually { server.endings.all.count == 1 && server.listeners.openConnections == 0 })
        #expect(server.events.all == [])
        await server.stop()
    }

    /// The client, and who brought it.
    @Test func proxiesAreNamed() async throws {
        let arrivals = EchoServer.Arrivals()
        let server = try await EchoServer(
            proxies: [try #require(AddressPrefix("127.0.0.1"))], onArrival: { arrivals.add($0) })
        let client = try await server.connect()
        _ = try await client.run { connection in
            connection.write(ProxyHeaderTests.header(1, 0x11, ProxyHeaderTests.four))
            return try await connection.readLine(limit: 100)
        }
        let origin = try #require(arrivals.all.first)
        #expect(origin.peer.ip == IPAddress("192.0.2.1") && origin.proxy?.ip == IPAddress("127.0.0.1"))
        await server.stop()
    }
}

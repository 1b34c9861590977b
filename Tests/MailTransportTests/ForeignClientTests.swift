import Foundation
import MailTransport
import Testing

/// openssl s_client, curl and Python against our server.
@Suite struct ForeignClientTests {
    let authority: Authority
    let tls: TLSServerContext

    init() throws {
        authority = try Authority()
        let names = [try authority.issue("a"), try authority.issue("w", names: ["*.wild.test"])]
        tls = try TLSServerContext(identities: names, alpn: ["echo"])
    }

    func client(_ port: Int, _ options: String, input: String = "TLS\nQUIT\n") async throws -> Finished {
        try await runAside(
            "(cat; sleep 0.3) | openssl s_client -connect 127.0.0.1:\(port) -CAfile \(authority.file) -servername mail.example.test \(options)",
            input: input)
    }

    @Test(arguments: [
        ("-tls1_3", "TLSv1.3"), ("-tls1_2", "TLSv1.2"), ("-tls1_2 -cipher ECDHE-ECDSA-AES256-SHA", "TLSv1.2"),
    ])
    func speaksTo_s_client(options: String, version: String) async throws {
        let server = try await EchoServer(security: .implicit, tls: tls)
        let done = try await client(server.port, options + " -alpn x,echo -verify_return_error")
        #expect(done.output.contains("\(version) mail.example.test echo false\r\nbye\r\n"), "\(done)")
        #expect(done.output.contains("Verification: OK"))
        #expect(done.output.contains("Compression: NONE"))
        await server.stop()
    }

    @Test(arguments: [
        ("-tls1_1 -cipher DEFAULT@SECLEVEL=0", "alert protocol version"), ("-alpn other", "no application protocol"),
        ("-tls1_2 -cipher AES256-SHA", "alert handshake failure"),
    ]) func refuses(options: String, reason: String) async throws {
        let server = try await EchoServer(security: .implicit, tls: tls)
        let done = try await client(server.port, options)
        #expect(done.errors.contains(reason), "\(done)")
        #expect(await eventually { server.events.all.count == 1 })
        await server.stop()
    }

    @Test func doesNotRenegotiate() async throws {
        let server = try await EchoServer(security: .implicit, tls: tls)
        let done = try await runAside(
            "(sleep 0.3; echo R; sleep 0.3) | openssl s_client -tls1_2 -connect 127.0.0.1:\(server.port) -CAfile \(authority.file)"
        )
        #expect(done.errors.contains("no renegotiation"), "\(done)")
        await server.stop()
    }

    /// The ticket key outlives the certificates; a ticket of one service is not taken by another.
    @Test(arguments: ["-tls1_3", "-tls1_2"]) func resumesAfterAReload(version: String) async throws {
        let server = try await EchoServer(security: .implicit, tls: tls)
        let file = authority.directory + "/session\(version)"
        // The ticket of TLS 1.3 comes after the handshake: the client must stay for it.
        let first = try await client(server.port, "\(version) -alpn echo -sess_out \(file)", input: "TLS\n")
        #expect(first.output.contains("echo false"), "\(first)")
        try tls.reload()
        let second = try await client(server.port, "\(version) -alpn echo -sess_in \(file)")
        #expect(second.output.contains("echo true"), "\(second)")
        #expect(second.output.contains("Reused, "))
        let plan = ListenerPlan(service: "other", host: "127.0.0.1", port: 0, security: .implicit)
        let (context, endings) = (tls.offering(alpn: ["other"]), server.endings)
        let port = try await server.listeners.listen(plan, tls: context) { connection in
            endings.add(await EchoSession(connection).serve())
        }
        let third = try await client(port, "\(version) -alpn other -sess_in \(file)")
        #expect(third.output.contains("other false"), "\(third)")
        await server.stop()
    }

    /// Two workers with the same keys take one another's tickets, also those of the key before; an older one means a whole
    /// handshake.
    @Test(arguments: ["-tls1_3", "-tls1_2"]) func resumesAtAnotherWorkerAfterARotation(version: String) async throws {
        let (names, keys) = ([try authority.issue("r")], TLSTicketKeys.random())
        let contexts = try (0..<2).map { _ in
            try TLSServerContext(identities: names, alpn: ["echo"], ticketKeys: keys)
        }
        var servers: [EchoServer] = []
        for context in contexts { servers.append(try await EchoServer(security: .implicit, tls: context)) }
        let file = authority.directory + "/rotated\(version)"
        let first = try await client(servers[0].port, "\(version) -alpn echo -sess_out \(file)", input: "TLS\n")
        #expect(first.output.contains("echo false"), "\(first)")
        let rotated = keys.rotated()
        for (next, isTaken) in [(keys, true), (rotated, true), (rotated.rotated(), false)] {
            contexts[1].rotate(to: next)
            let again = try await client(servers[1].port, "\(version) -alpn echo -sess_in \(file)")
            #expect(again.output.contains(isTaken ? "Reused, TLS" : "New, TLS"), "\(again)")
        }
        for server in servers { await server.stop() }
    }

    @Test func choosesTheCertificateForOthersToo() async throws {
        let server = try await EchoServer(security: .implicit, tls: tls)
        let done = try await runAside(
            "openssl s_client -connect 127.0.0.1:\(server.port) -CAfile \(authority.file) -servername x.wild.test -verify_hostname x.wild.test -verify_return_error",
            input: "QUIT\n")
        #expect(done.output.contains("Verification: OK"), "\(done)")
        await server.stop()
    }

    @Test func curlAndPythonAreServed() async throws {
        let server = try await EchoServer(security: .implicit, tls: tls)
        let curl = try await runAside(
            "(echo one; echo QUIT; sleep 0.3) | curl -s --max-time 5 --cacert \(authority.file) --resolve mail.example.test:\(server.port):127.0.0.1 -T - telnet://mail.example.test:\(server.port) || true; curl -sv --max-time 5 --http0.9 --cacert \(authority.file) --resolve mail.example.test:\(server.port):127.0.0.1 https://mail.example.test:\(server.port)/ --no-alpn"
        )
        #expect(curl.output.contains("hello 127.0.0.1") || curl.errors.contains("SSL certificate verify ok"), "\(curl)")
        let python = try await runAside(
            """
            python3 -c '
            import socket, ssl
            context = ssl.create_default_context(cafile="\(authority.file)")
            context.set_alpn_protocols(["echo"])
            with socket.create_connection(("127.0.0.1", \(server.port))) as plain:
                with context.wrap_socket(plain, server_hostname="mail.example.test") as tls:
                    lines = tls.makefile("rb")
                    print(lines.readline(), tls.version(), tls.selected_alpn_protocol())
                    for octet in b"by octet\\r\\n": tls.send(bytes([octet]))
                    print(lines.readline())
                    tls.send(b"QUIT\\r\\n")
                    print(lines.read())  # raises when close_notify is missing
            '
            """.replacingOccurrences(of: "\n            ", with: "\n"))
        #expect(
            python.output == "b'hello 127.0.0.1\\r\\n' TLSv1.3 echo\nb'OK by octet\\r\\n'\nb'bye\\r\\n'\n", "\(python)")
        await server.stop()
    }
}

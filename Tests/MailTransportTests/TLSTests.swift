import MailTransport
import Testing

@Suite struct TLSTests {
    let authority: Authority
    let identity: TLSIdentity

    init() throws {
        authority = try Authority()
        identity = try authority.issue("a")
    }

    func client(_ alpn: [String] = []) throws -> TLSClientContext {
        try TLSClientContext(trust: .authorities(file: authority.file), alpn: alpn)
    }

    @Test func encryptsFromTheFirstOctet() async throws {
        let server = try await EchoServer(
            security: .implicit, tls: TLSServerContext(identities: [identity], alpn: ["echo"]))
        let client = try await server.connect(.tls(client(["other", "echo"]), serverName: "mail.example.test"))
        let answers = try await client.ask("TLS\r\n", lines: 2)
        #expect(answers == ["hello 127.0.0.1", "TLSv1.3 mail.example.test echo false"])
        #expect(await client.run { $0.tls?.bits } == 256)
        await client.end()
        await server.stop()
    }

    @Test func startsTLSLater() async throws {
        let server = try await EchoServer(security: .starttls, tls: TLSServerContext(identities: [identity]))
        let connection = try await server.connect()
        #expect(
            try await connection.ask("TLS\r\nSTARTTLS\r\n", lines: 3) == ["hello 127.0.0.1", "none - - false", "go"])
        let context = try client()
        try await connection.run { try await $0.startTLS(context, serverName: "localhost") }
        #expect(try await connection.ask("TLS\r\nx\r\n", lines: 2) == ["TLSv1.3 localhost - false", "OK x"])
        await connection.end()
        await server.stop()
    }

    /// CVE-2011-0411: in one segment with STARTTLS, or in the next before the handshake.
    @Test(arguments: ["STARTTLS\r\nINJECTED\r\n", "STARTTLS\r\nI", "STARTTLS\r\n\u{16}\u{3}"])
    func refusesWhatIsPipelinedBehindSTARTTLS(text: String) async throws {
        let server = try await EchoServer(security: .starttls, tls: TLSServerContext(identities: [identity]))
        let connection = try await server.connect()
        _ = try await connection.ask("")
        let answers = try? await connection.ask(text, lines: 9)
        #expect(answers == ["go", "bye plaintextAfterSTARTTLS"])
        #expect(await eventually { server.endings.all == [.plaintextAfterSTARTTLS] })
        await server.stop()
    }

    @Test func plaintextInTheHandshakeEndsIt() async throws {
        let server = try await EchoServer(security: .starttls, tls: TLSServerContext(identities: [identity]))
        let connection = try await server.connect()
        _ = try await connection.ask("STARTTLS\r\n", lines: 2)
        _ = try? await connection.ask("INJECTED\r\n")
        #expect(await eventually { server.endings.all.count == 1 })
        guard case .tls(let reason)?? = server.endings.all.first else {
            Issue.record("\(server.endings.all)")
            return
        }
        #expect(reason.hasPrefix("TLS handshake: "))
        await server.stop()
    }

    /// RFC 9266, RFC 5929: both ends must find the same.
    @Test(arguments: ["sha256", "sha384"])
    func bindsTheChannel(digest: String) async throws {
        let signed = try authority.issue("d", digest: digest)
        let server = try await EchoServer(security: .implicit, tls: TLSServerContext(identities: [signed]))
        let context = try TLSClientContext(trust: .anyone)
        let client = try await server.connect(.tls(context))
        let answers = try await client.ask("BIND\r\n", lines: 3)
        let own = await client.run { connection in ChannelBinding.allCases.map { connection.channelBinding($0) } }
        let exporter = try #require(own[0])
        let endPoint = try #require(own[1])
        #expect(exporter.count == 32)
        #expect(endPoint.count == (digest == "sha384" ? 48 : 32))
        #expect(Array(answers.dropFirst()) == ["tls-exporter \(exporter)", "tls-server-end-point \(endPoint)"])
        let other = try await server.connect(.tls(context))
        #expect(await other.run { $0.channelBinding(.tlsExporter) } != exporter)
        #expect(await other.run { $0.channelBinding(.tlsServerEndPoint) } == endPoint)
        await server.stop()
    }

    @Test func choosesTheCertificateByName() async throws {
        let wild = try authority.issue("w", names: ["*.wild.test"])
        let tls = try TLSServerContext(identities: [identity, wild])
        #expect(tls.serverNames == ["*.wild.test", "localhost", "mail.example.test"])
        let server = try await EchoServer(security: .implicit, tls: tls)
        for (name, fits) in [
            ("a.wild.test", true), ("A.WILD.test", true), ("mail.example.test", true), ("b.a.wild.test", false),
            ("wild.test", false),
        ] {
            let context = try client()
            let connection = try? await server.connect(.tls(context, serverName: name))
            #expect((connection != nil) == fits, "\(name)")
        }
        await server.stop()
    }

    @Test func theClientChecksAuthorityAndName() async throws {
        let server = try await EchoServer(security: .implicit, tls: TLSServerContext(identities: [identity]))
        let strangers = try Authority()
        let stranger = try TLSClientContext(trust: .authorities(file: strangers.file))
        await #expect(throws: ConnectionError.self) { try await server.connect(.tls(stranger)) }
        await #expect(throws: ConnectionError.tls("TLS handshake: the certificate is not trusted: hostname mismatch")) {
            try await server.connect(.tls(client(), serverName: "wrong.test"))
        }
        await #expect(throws: ConnectionError.self) { try await server.connect(.tls(TLSClientContext(trust: .system))) }
        let anyone = try await server.connect(.tls(TLSClientContext(trust: .anyone), serverName: "wrong.test"))
        #expect(try await anyone.ask("") == ["hello 127.0.0.1"])
        let byAddress = try await server.connect(.tls(client()))
        #expect(try await byAddress.ask("") == ["hello 127.0.0.1"])
        await server.stop()
    }

    @Test func reloadsWhileConnectionsLive() async throws {
        let tls = try TLSServerContext(identities: [identity])
        let service = tls.offering(alpn: ["echo"])
        let server = try await EchoServer(security: .implicit, tls: service)
        let old = try await server.connect(.tls(client()))
        let oldBinding = await old.run { $0.channelBinding(.tlsServerEndPoint) }
        let next = try authority.issue("next", names: ["localhost"])
        let bad = [
            TLSIdentity(certificateFile: next.certificateFile, keyFile: identity.keyFile),
            TLSIdentity(certificateFile: next.certificateFile + "x", keyFile: next.keyFile),
            TLSIdentity(certificateFile: next.keyFile, keyFile: next.keyFile),
            TLSIdentity(certificateFile: next.certificateFile, keyFile: authority.directory),
        ]
        for identity in bad { #expect(throws: TLSError.self) { try tls.reload(identities: [identity]) } }
        #expect(throws: TLSError("no certificate is configured")) { try tls.reload(identities: []) }
        #expect(tls.serverNames == ["localhost", "mail.example.test"])
        let still = try await server.connect(.tls(client()))
        #expect(await still.run { $0.channelBinding(.tlsServerEndPoint) } == oldBinding)

        try tls.reload(identities: [next])
        #expect(service.serverNames == ["localhost"])
        let fresh = try await server.connect(.tls(client(), serverName: "localhost"))
        #expect(await fresh.run { $0.channelBinding(.tlsServerEndPoint) } != oldBinding)
        #expect(try await old.ask("x\r\n", lines: 2) == ["hello 127.0.0.1", "OK x"])
        await server.stop()
    }

    @Test func anExpiredCertificateIsOnlyAWarning() throws {
        let expired = try authority.issue("expired", days: -1)
        let tls = try TLSServerContext(identities: [expired])
        #expect(tls.warnings == ["certificate \(expired.certificateFile) has expired"])
        #expect(try TLSServerContext(identities: [identity]).warnings == [])
    }

    @Test func anEncryptedKeyIsRefusedWithoutAsking() throws {
        try run("cd \(authority.directory) && openssl ec -in a.key -aes256 -passout pass:x -out locked.key")
        let locked = TLSIdentity(
            certificateFile: identity.certificateFile, keyFile: authority.directory + "/locked.key")
        #expect(throws: TLSError.self) { try TLSServerContext(identities: [locked]) }
    }

    @Test func linesOfManyRecords() async throws {
        let server = try await EchoServer(
            security: .implicit, tls: TLSServerContext(identities: [identity]), lineLimit: 100_000)
        let client = try await server.connect(.tls(client()))
        let long = String(repeating: "0123456789", count: 7_000)
        #expect(
            try await client.ask(long + "\r\n" + long + "\r\n", lines: 3) == [
                "hello 127.0.0.1", "OK " + long, "OK " + long,
            ])
        let tooLong = String(repeating: "x", count: 100_001)
        #expect(try await client.ask(tooLong + "\r\nok\r\n", lines: 2) == ["too long", "OK ok"])
        await server.stop()
    }

    @Test func aSlowReaderGetsEverything() async throws {
        let server = try await EchoServer(security: .implicit, tls: TLSServerContext(identities: [identity]))
        let client = try await server.connect(.tls(client()))
        _ = try await client.ask("")
        let size = 200 * 65_536
        let got = try await client.run { connection in
            connection.write("BIG 200\r\n")
            connection.flush()
            try await Task.sleep(for: .milliseconds(300))
            var count = 0
            while count < size + 2, let piece = try await connection.readChunk(max: 100_000) { count += piece.count }
            return count
        }
        #expect(got == size + 2)
        await server.stop()
    }

    @Test func waitsOnlySoLongForTheHandshake() async throws {
        let server = try await EchoServer(
            security: .implicit, tls: TLSServerContext(identities: [identity]), limits: .init(handshakeSeconds: 3))
        let silent = try await server.connect()
        await #expect(throws: (any Error).self) {
            if try await silent.ask("\u{16}").isEmpty { throw ConnectionError.closed }
        }
        #expect(await eventually { server.listeners.openConnections == 0 })
        guard case .handshakeFailed(let origin, let failed)? = server.events.all.first, origin.service == "echo",
            failed == FailedHandshake(reason: "timedOut", beginning: .tls)
        else {
            Issue.record("\(server.events.all)")
            return
        }
        await server.stop()
    }

    /// No trap, a closed connection and one event for each bad beginning.
    @Test(arguments: [
        "GET / HTTP/1.1\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}\u{5}hello", "\u{15}\u{3}\u{3}\u{0}\u{2}\u{2}\u{28}",
        "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}",
        "\u{16}\u{3}\u{1}\u{7f}\u{7f}" + String(repeating: "\u{1}", count: 40_000), "EHLO x\r\n",
    ]) func survivesBadClientHellos(text: String) async throws {
        let server = try await EchoServer(security: .implicit, tls: TLSServerContext(identities: [identity]))
        let bad = try await server.connect()
        _ = try? await bad.ask(text)
        #expect(await eventually { server.listeners.openConnections == 0 })
        #expect(server.events.all.count == 1)
        let good = try await server.connect(.tls(client()))
        #expect(try await good.ask("") == ["hello 127.0.0.1"])
        await server.stop()
    }
}

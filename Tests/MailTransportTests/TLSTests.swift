import MailTransport
import Testing

@Suite struct TLSTests {
    @Test func encryptsFromTheFirstOctet() async throws {
        let authority = try Authority()
        let tls = try TLSServerContext(identities: [try authority.issue("a")], alpn: ["echo"])
        let server = try await EchoServer(security: .implicit, tls: tls)
        let context = try TLSClientContext(trust: .authorities(file: authority.file), alpn: ["echo"])
        let client = try await server.connect(.tls(context, serverName: "mail.example.test"))
        #expect(
            try await client.ask("TLS\r\n", lines: 2) == ["hello 127.0.0.1", "TLSv1.3 mail.example.test echo false"])
        await client.end()
        await server.stop()
    }
}

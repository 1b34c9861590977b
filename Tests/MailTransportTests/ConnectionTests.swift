import MailTransport
import Testing

@Suite struct ConnectionTests {
    @Test func answersLines() async throws {
        let server = try await EchoServer()
        let client = try await server.connect()
        #expect(try await client.ask("", lines: 1) == ["hello 127.0.0.1"])
        #expect(try await client.ask("one\r\n") == ["OK one"])
        #expect(try await client.ask("two\r\nthree\nQUIT\r\n", lines: 4) == ["OK two", "OK three", "bye"])
        await client.end()
        #expect(await eventually { server.listeners.openConnections == 0 })
        #expect(server.endings.all == [nil])
        await server.stop()
    }
}

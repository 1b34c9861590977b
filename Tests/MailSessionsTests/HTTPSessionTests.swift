import MailIdentity
import MailTransportTesting
import MailWeb
import Testing

@testable import MailSessions

/// Time, and what becomes of a connection; what is said on it stands in Tests/Dialogues/http.
@Suite struct HTTPSessionTests {
    private static let head = "POST /nothing HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5000\r\n"

    private func client(_ server: DialogueServer) async throws -> (SessionClient, MemoryPeer) {
        let client = try await SessionClient(server, .https)
        guard case .memory(let far, _) = client.client else { throw DialogueServer.Missing(what: "memory") }
        return (client, far)
    }

    /// Something comes all the time, and still it ends: head or body, after a minute the connection is gone.
    @Test(arguments: [head, head + "\r\n"]) func whoDripsIsCutOff(_ begin: String) async throws {
        let server = try await DialogueServer()
        let (client, far) = try await client(server)
        await far.send(begin)
        if !begin.hasSuffix("\r\n\r\n") { await far.send("X: ") }
        for _ in 0..<HTTPSession.requestSeconds / 2 - 2 {
            await far.send("x")
            await far.advance(seconds: 2)
        }
        await far.advance(seconds: 9)
        #expect(try await client.hear() == "<closed>")
        await server.stop()
    }

    @Test func aRequestLineThatDripsIsCutOff() async throws {
        let server = try await DialogueServer()
        let (client, far) = try await client(server)
        for _ in 0..<HTTPSession.idleSeconds / 2 + 2 {
            await far.send("G")
            await far.advance(seconds: 2)
        }
        #expect(try await client.hear() == "<closed>")
        await server.stop()
    }

    /// Between requests the clock begins anew.
    @Test func idleConnectionsEnd() async throws {
        let server = try await DialogueServer()
        let (client, far) = try await client(server)
        for _ in 0..<3 {
            await far.send("HEAD / HTTP/1.1\r\nHost: a.test\r\n\r\n")
            #expect(try await client.hear() == "HTTP/1.1 200 OK")
            while try await client.hear() != "" {}
            await far.advance(seconds: HTTPSession.idleSeconds - 5)
        }
        await far.advance(seconds: 15)
        #expect(try await client.hear() == "<closed>")
        await server.stop()
    }

    /// A server that stops answers what has begun, says that it closes, and waits for no idle connection.
    @Test func draining() async throws {
        let server = try await DialogueServer()
        let idle = try await SessionClient(server, .https, over: .socket)
        _ = try await idle.ask("HEAD / HTTP/1.1\r\nHost: a.test\r\n")
        while try await idle.hear() != "" {}
        let busy = try await SessionClient(server, .https, over: .socket)
        await busy.say("HEAD / HTTP/1.1")
        try await Task.sleep(for: .milliseconds(50))
        async let stopped: Void = server.stop()
        #expect(try await idle.hear() == "<closed>")
        await busy.say("Host: a.test\r\n")
        #expect(try await busy.hear() == "HTTP/1.1 200 OK")
        var lines: [String] = []
        while let line = try await busy.client.receive() { lines.append(line) }
        #expect(lines.contains("Connection: close"))
        await stopped
    }

    @Test(arguments: [(0, "HTTP/1.1 404 Not Found"), (1, "HTTP/1.1 413 Content Too Large")])
    func largestBody(over: Int, answer: String) async throws {
        let server = try await DialogueServer()
        let (client, far) = try await client(server)
        let length = WebLimits.largestBody + over
        await far.send("POST /nothing HTTP/1.1\r\nHost: a.test\r\nContent-Length: \(length)\r\n\r\n")
        await far.send(String(repeating: "x", count: length))
        #expect(try await client.hear() == answer)
        await server.stop()
    }

    /// Over a socket: the answer arrives although the body is never read.
    @Test func aRefusalArrivesWhileTheBodyIsOnItsWay() async throws {
        let server = try await DialogueServer()
        let client = try await SessionClient(server, .https, over: .socket)
        await client.say("POST /nothing HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3000000\r\n")
        await client.client.send(String(repeating: "x", count: 300_000))
        #expect(try await client.hear() == "HTTP/1.1 413 Content Too Large")
        await server.stop()
    }

    /// What is nonsense counts as a failed login of its address; a method that is not known here does not.
    @Test(arguments: [("GET / HTTP/1.1\r\n\r\n", true), ("PROPFIND / HTTP/1.1\r\n", false)])
    func misuse(request: String, counts: Bool) async throws {
        let server = try await DialogueServer { _ in
        } plan: {
            $0.login.limits.perAddress = 1
        }
        let (client, far) = try await client(server)
        await far.send(request)
        _ = try await client.hear()
        let other = try await SessionClient(server, .pop3s)
        _ = try await other.hear()
        _ = try await other.ask("USER alice")
        #expect(try await other.ask("PASS secret").hasPrefix("-ERR") == counts)
        await server.stop()
    }
}

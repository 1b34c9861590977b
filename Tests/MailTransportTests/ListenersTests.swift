import Glibc
import MailTransport
import Synchronization
import Testing

@Suite struct ListenersTests {
    @Test func limitsConnectionsOfAnAddress() async throws {
        let limit = 3
        let server = try await EchoServer(limits: .init(perAddress: limit)) { reason in "421 \(reason)\r\n" }
        var clients: [Connection] = []
        for _ in 0..<limit {
            let client = try await server.connect()
            #expect(try await client.ask("") == ["hello 127.0.0.1"])
            clients.append(client)
        }
        let refused = try await server.connect()
        #expect(try await refused.ask("", lines: 2) == ["421 tooManyFromAddress"])
        #expect(server.events.all.count == 1)
        await clients[0].end()
        #expect(await eventually { server.listeners.openConnections == limit - 1 })
        let next = try await server.connect()
        #expect(try await next.ask("") == ["hello 127.0.0.1"])
        let again = try await server.connect()
        #expect(try await again.ask("", lines: 2) == ["421 tooManyFromAddress"])
        await server.stop()
    }

    @Test func limitsAllConnections() async throws {
        let server = try await EchoServer(limits: .init(perAddress: nil, total: 2)) { reason in "421 \(reason)\r\n" }
        let first = try await server.connect()
        let second = try await server.connect()
        #expect(try await first.ask("") == ["hello 127.0.0.1"])
        #expect(try await second.ask("") == ["hello 127.0.0.1"])
        let third = try await server.connect()
        #expect(try await third.ask("", lines: 2) == ["421 tooManyConnections"])
        await first.end()
        #expect(await eventually { server.listeners.openConnections == 1 })
        let fourth = try await server.connect()
        #expect(try await fourth.ask("") == ["hello 127.0.0.1"])
        await server.stop()
    }

    @Test func listensOnBothFamilies() async throws {
        let server = try await EchoServer(host: "*")
        for (host, seen) in [("127.0.0.1", "hello 127.0.0.1"), ("::1", "hello ::1")] {
            let client = try await server.connect(host: host)
            #expect(try await client.ask("") == [seen])
            await client.end()
        }
        await server.stop()
    }

    @Test func saysWhyItCannotListen() async throws {
        let server = try await EchoServer()
        let taken = ListenerPlan(service: "x", host: "127.0.0.1", port: server.port)
        await #expect(
            throws: ListenError.cannotListen(
                service: "x", address: "127.0.0.1:\(server.port)", reason: "Address already in use")
        ) {
            try await server.listeners.listen(taken) { _ in }
        }
        await #expect(throws: ListenError.badAddress("mail.example.test")) {
            try await server.listeners.listen(ListenerPlan(service: "x", host: "mail.example.test", port: 0)) { _ in }
        }
        await #expect(throws: ListenError.needsTLS(service: "x")) {
            try await server.listeners.listen(ListenerPlan(service: "x", host: "*", port: 0, security: .implicit)) {
                _ in
            }
        }
        await server.stop()
        await #expect(throws: ListenError.stopped) {
            try await server.listeners.listen(ListenerPlan(service: "x", host: "127.0.0.1", port: 0)) { _ in }
        }
    }

    @Test func takesABoundSocket() async throws {
        let (listeners, port) = try await Self.listen(on: Self.boundSocket())
        #expect(port > 0)
        let client = try await Dialer.connect(host: "127.0.0.1", port: port)
        #expect(try await client.ask("") == ["hello 127.0.0.1"])
        await listeners.shutDown()
    }

    /// As at a reload: one after the other listens on the same socket, while clients come and go all the time.
    @Test func losesNobodyOnItsWayWhileItStops() async throws {
        let descriptor = Self.boundSocket()
        var (current, port) = try await Self.listen(on: dup(descriptor))
        let crowd = Crowd()
        let visiting = Task { [port] in try await crowd.visit(port) }
        while !crowd.isGone.load(ordering: .relaxed) {
            // Not two at once: a debug build of NIO asserts that accept(2) never comes too late.
            await current.drain(seconds: 5)
            let next = try await Self.listen(on: dup(descriptor)).0
            await current.shutDown()
            current = next
        }
        try await visiting.value
        await current.shutDown()
        close(descriptor)
    }

    /// Two loops, so that a connection has to go from the listening socket's to another.
    private static func listen(on descriptor: Int32) async throws -> (Listeners, Int) {
        let listeners = Listeners(threads: 2, limits: .init(perAddress: nil))
        let plan = ListenerPlan(service: "given", host: "ignored", port: 0, descriptor: descriptor)
        let port = try await listeners.listen(plan) { connection in _ = await EchoSession(connection).serve() }
        return (listeners, port)
    }

    private static func boundSocket() -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let bound = withUnsafePointer(to: &address) { start in
            start.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        #expect(bound == 0)
        return descriptor
    }

    @Test func drains() async throws {
        let server = try await EchoServer()
        let waiting = try await server.connect()
        #expect(try await waiting.ask("") == ["hello 127.0.0.1"])
        let reading = Task { try await waiting.ask("", lines: 2) }
        await server.listeners.drain(seconds: 5)
        #expect(try await reading.value == ["bye draining"])
        #expect(server.listeners.openConnections == 0)
        await server.stop()
    }

    @Test func closesWhoDoesNotFinish() async throws {
        let listeners = Listeners(threads: 1)
        let plan = ListenerPlan(service: "stubborn", host: "127.0.0.1", port: 0)
        let port = try await listeners.listen(plan) { connection in _ = try? await connection.readChunk(max: 1) }
        let client = try await Dialer.connect(host: "127.0.0.1", port: port)
        #expect(await eventually { listeners.openConnections == 1 })
        await listeners.drain(seconds: 0)
        #expect(listeners.openConnections == 0)
        await client.end()
        await listeners.shutDown()
    }
}

/// Clients that come, are greeted, and go.
private final class Crowd: Sendable {
    let isGone = Atomic(false)

    func visit(_ port: Int, visitors: Int = 8, visits: Int = 40) async throws {
        defer { isGone.store(true, ordering: .relaxed) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<visitors {
                group.addTask { for _ in 0..<visits { try await Self.visit(port) } }
            }
            try await group.waitForAll()
        }
    }

    private static func visit(_ port: Int) async throws {
        let client = try await Dialer.connect(host: "127.0.0.1", port: port, timeoutSeconds: 60)
        #expect(try await client.ask("") == ["hello 127.0.0.1"])
        await client.end()
    }
}

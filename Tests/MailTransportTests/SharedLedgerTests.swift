import MailShared
import MailTransport
import Testing

/// Two workers at one shared memory: the limits are those of the server, not of each.
@Suite struct SharedLedgerTests {
    private let region: SharedRegion
    private let seats: [SharedSeat]

    init() throws {
        let region = try SharedRegion.create()
        self.region = region
        seats = [0, 1].map { SharedSeat(region, slot: $0, secret: [7]) }
        for seat in seats { region.claim(slot: seat.slot) }
    }

    private func servers(_ limits: ConnectionLimits) async throws -> [EchoServer] {
        var servers: [EchoServer] = []
        for seat in seats {
            servers.append(try await EchoServer(limits: limits, refusal: { "\($0)\r\n" }, seat: seat))
        }
        return servers
    }

    private func greeting(_ connection: Connection) async throws -> String? {
        try await connection.ask("", lines: 1).first
    }

    @Test(
        arguments: [
            (ConnectionLimits(perAddress: 3, total: 100), "tooManyFromAddress"),
            (ConnectionLimits(perAddress: nil, total: 3), "tooManyConnections"),
        ])
    func limitsHoldOverBoth(_ limits: ConnectionLimits, _ refusal: String) async throws {
        let both = try await servers(limits)
        var open: [Connection] = []
        for number in 0..<3 {
            open.append(try await both[number % 2].connect())
            #expect(try await greeting(open[number]) == "hello 127.0.0.1")
        }
        for server in both { #expect(try await greeting(try await server.connect()) == refusal) }
        await open[0].end()
        #expect(await eventually { both[0].listeners.openConnections == 1 })
        let next = try await both[1].connect()
        #expect(try await greeting(next) == "hello 127.0.0.1")
        for server in both { #expect(try await greeting(try await server.connect()) == refusal) }
        for server in both { await server.stop() }
        #expect(seats.allSatisfy { region.connectionCount(slot: $0.slot) == 0 })
    }

    @Test func aNetworkHasItsOwnLimit() async throws {
        var limits = ConnectionLimits(perAddress: 100, total: 100)
        limits.perNetwork = 2
        let both = try await servers(limits)
        for server in both { #expect(try await greeting(try await server.connect()) == "hello 127.0.0.1") }
        for server in both { #expect(try await greeting(try await server.connect()) == "tooManyFromNetwork") }
        for server in both { await server.stop() }
    }

    @Test func theRateIsCountedOverBoth() async throws {
        var limits = ConnectionLimits(perAddress: 100, total: 100)
        limits.ratePerAddress = 4
        let both = try await servers(limits)
        for number in 0..<4 { #expect(try await greeting(try await both[number % 2].connect()) == "hello 127.0.0.1") }
        for server in both { #expect(try await greeting(try await server.connect()) == "tooFastFromAddress") }
        for server in both { await server.stop() }
    }

    /// A worker that dies takes its connections along.
    @Test func theDeadMakeRoom() async throws {
        let both = try await servers(ConnectionLimits(perAddress: 1, total: 100))
        let kept = try await both[0].connect()
        #expect(try await greeting(kept) == "hello 127.0.0.1")
        #expect(try await greeting(try await both[1].connect()) == "tooManyFromAddress")
        region.release(slot: 0)
        #expect(try await greeting(try await both[1].connect()) == "hello 127.0.0.1")
        for server in both { await server.stop() }
    }
}

import Glibc
import MailNetwork
import MailShared
import Testing

@testable import MailTransport

@Suite struct ConnectionLimitTests {
    private static let loopback = AddressPrefix("127.0.0.0/8")

    @Test func limitsConnectionsOfANetwork() async throws {
        var limits = ConnectionLimits(perAddress: nil)
        limits.perNetwork = 2
        let server = try await EchoServer(limits: limits) { "421 \($0)\r\n" }
        let first = try await server.connect()
        let second = try await server.connect()
        #expect(try await first.ask("") == ["hello 127.0.0.1"])
        #expect(try await second.ask("") == ["hello 127.0.0.1"])
        #expect(try await server.connect().ask("", lines: 2) == ["421 tooManyFromNetwork"])
        await first.end()
        #expect(await eventually { server.listeners.openConnections == 1 })
        #expect(try await server.connect().ask("") == ["hello 127.0.0.1"])
        await server.stop()
    }

    @Test func limitsTheRateAndLetsTheExemptPass() async throws {
        var limits = ConnectionLimits()
        limits.ratePerAddress = 2
        let server = try await EchoServer(limits: limits) { "421 \($0)\r\n" }
        for _ in 0..<2 {
            let client = try await server.connect()
            #expect(try await client.ask("") == ["hello 127.0.0.1"])
            await client.end()
        }
        #expect(try await server.connect().ask("", lines: 2) == ["421 tooFastFromAddress"])
        await server.stop()

        limits.exempt = [try #require(Self.loopback)]
        let other = try await EchoServer(limits: limits) { "421 \($0)\r\n" }
        for _ in 0..<5 { #expect(try await other.connect().ask("") == ["hello 127.0.0.1"]) }
        await other.stop()
    }

    @Test func theRateIsOverSixtySeconds() throws {
        let (address, other) = (
            try #require(AddressPrefix("192.0.2.1/32")), try #require(AddressPrefix("192.0.2.2/32"))
        )
        let rates = ConnectionRates()
        func allowed(_ address: AddressPrefix, at seconds: Int) -> Bool {
            rates.allows(address, perMinute: 4, at: 6_000 + seconds)
        }
        #expect((0..<6).map { _ in allowed(address, at: 30) } == [true, true, true, true, false, false])
        #expect(allowed(other, at: 30))
        // Five seconds into the next minute 55 of the last sixty still count: 3.7 of the four.
        #expect((0..<3).map { _ in allowed(address, at: 65) } == [true, false, false])
        #expect((0..<5).map { _ in allowed(address, at: 300) } == [true, true, true, true, false])
    }

    @Test func aFullBucketForgetsTheOldestAddress() throws {
        let fingerprint = SharedFingerprint(digest: [UInt8](repeating: 9, count: 32))
        var word = RateWord(of: fingerprint)
        #expect((0..<3).map { _ in word.count(at: 59, limit: 2) } == [true, true, false])
        #expect(word.isOf(fingerprint) && word.minute == 0)
        // The minutes wrap around, and then the minute before is still the one before.
        let (last, first) = (0xfff * 60 + 59, 0x1000 * 60)
        word = RateWord(of: fingerprint)
        #expect(word.count(at: last, limit: 1) && !word.count(at: first, limit: 1))
        word = RateWord(of: fingerprint)
        for _ in 0..<RateWord.mostPerMinute + 5 { _ = word.count(at: 1, limit: .max) }
        #expect(word.isOf(fingerprint) && !word.count(at: 1, limit: RateWord.mostPerMinute))
    }

    /// More addresses in one minute than there is room for: nobody is refused for another's connections.
    @Test func moreAddressesThanRoom() throws {
        let rates = ConnectionRates()
        var refused = 0
        for number in 0..<2 * ConnectionRates.privateAddresses {
            let bytes = [10, UInt8(number >> 16 & 255), UInt8(number >> 8 & 255), UInt8(number & 255)]
            let address = AddressPrefix(around: try #require(IPAddress(bytes: bytes)), length: 32)
            if !rates.allows(address, perMinute: 50, at: 60) { refused += 1 }
        }
        #expect(refused == 0)
    }

    @Test func memoryAndDescriptorsTurnNewcomersAway() async throws {
        var limits = ConnectionLimits()
        limits.overload = OverloadLimits(memory: 1)
        let server = try await EchoServer(limits: limits) { "421 \($0)\r\n" }
        #expect(try await server.connect().ask("", lines: 2) == ["421 overloaded"])
        #expect(server.events.all.count == 1)
        await server.stop()

        let resident = try #require(ResidentMemory()?.bytes())
        #expect(resident > 1_000_000)
        #expect(OverloadGuard(OverloadLimits(descriptorReserve: 2), descriptors: 4).isOver)
        #expect(!OverloadGuard(OverloadLimits(memory: resident * 100)).isOver)
    }

    /// Commands without end and nobody who reads the answers: the session waits with the commands, and memory stays.
    @Test func whoDoesNotReadIsNotRead() async throws {
        let server = try await EchoServer()
        let descriptor = try connected(to: server.port)
        defer { close(descriptor) }
        let commands = Array(String(repeating: "SIZE\r\n", count: 1_000).utf8)
        var sent = 0
        while sent < 64 << 20 {
            let count = send(descriptor, commands, commands.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
            if count < 0 {
                try await Task.sleep(for: .milliseconds(100))
                guard send(descriptor, commands, commands.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)) >= 0 else {
                    break
                }
            }
            sent += max(0, count)
        }
        #expect(sent < 48 << 20, "all of it was taken, and the answers are in memory")
        await server.stop()
    }

    private func connected(to port: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let done = withUnsafePointer(to: &address) { start in
            start.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        try #require(done == 0)
        return descriptor
    }
}

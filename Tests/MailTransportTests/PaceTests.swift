import MailTransport
import MailTransportTesting
import Testing

@Suite struct PaceTests {
    private static let second: Int64 = 1_000_000_000

    @Test func waitingCostsAndOctetsPay() {
        var pace = Pace(octetsPerSecond: 500, graceSeconds: 10)
        #expect(pace.leftNanoseconds == 10 * Self.second)
        pace.waited(nanoseconds: 4 * Self.second)
        pace.received(octets: 499)
        #expect(pace.leftNanoseconds == 6 * Self.second + 998_000_000)
        pace.received(octets: 5_000)
        #expect(pace.leftNanoseconds == 10 * Self.second, "good speed pays for a grace time, not for more")
        pace.waited(nanoseconds: 11 * Self.second)
        #expect(pace.leftNanoseconds == 0)
        pace.received(octets: .max)
        pace.waited(nanoseconds: .max)
        #expect(pace.leftNanoseconds == 0)
    }

    @Test func nonsenseIsBounded() {
        let pace = Pace(octetsPerSecond: 0, graceSeconds: .max)
        #expect(pace.octetsPerSecond == 1 && pace.graceNanoseconds == 86_400 * Self.second)
    }

    /// An octet a second is no message; 600 in a second are one.
    @Test(arguments: [(1, ConnectionError?.some(.tooSlow)), (600, nil)])
    func aDripIsCutShort(octets: Int, expected: ConnectionError?) async throws {
        let (connection, far) = await MemoryConnection.make(idleSeconds: 300)
        let reader = Task { await Self.read(connection, 60 * octets) }
        for second in 1...60 {
            await far.send([UInt8](repeating: 0x78, count: octets))
            if second < 60 { await far.advance(seconds: 1) }
        }
        #expect(await reader.value == expected)
        await connection.run { $0.close() }
    }

    private static func read(_ connection: Connection, _ count: Int) async -> ConnectionError? {
        await connection.run { connection in
            connection.setPace(Pace(octetsPerSecond: 500, graceSeconds: 30))
            var left = count
            while left > 0 {
                do throws(ConnectionError) {
                    guard let chunk = try await connection.readChunk(max: left) else { return .closed }
                    left -= chunk.count
                } catch { return error }
            }
            return nil
        }
    }

    /// Lines that come well within the idle time, and a conversation that has to end all the same.
    @Test func theDeadlineHoldsForTheWhole() async throws {
        let (connection, far) = await MemoryConnection.make(idleSeconds: 60)
        let reader = Task {
            await connection.run { connection -> ConnectionError? in
                connection.setDeadline(seconds: 100)
                do throws(ConnectionError) {
                    while try await connection.readLine(limit: 100) != nil {}
                    return nil
                } catch { return error }
            }
        }
        for _ in 0..<9 {
            await far.send("x\r\n")
            await far.advance(seconds: 11)
        }
        await far.send("x\r\n")
        await far.advance(seconds: 2)
        #expect(await reader.value == .tooSlow)
        await connection.run { $0.close() }
    }
}

import MailTransportTesting
import Synchronization
import Testing

@testable import MailTransport

@Suite struct MemoryConnectionTests {
    @Test func runsASessionWithoutSockets() async throws {
        let (connection, far) = await MemoryConnection.make()
        let session = Task { await EchoSession(connection).serve() }
        #expect(await far.receiveLine() == Array("hello 192.0.2.1\r\n".utf8))
        for octet in "one\r\n".utf8 { await far.send([octet]) }
        #expect(await far.receiveLine() == Array("OK one\r\n".utf8))
        await far.send("two\r\nthree\r\nQUIT\r\n")
        #expect(await session.value == nil)
        await connection.end()
        #expect(await far.receive() == Array("OK two\r\nOK three\r\nbye\r\n".utf8))
        #expect(await far.receive() == nil)
    }

    /// What comes between the last look and the wait for it needs no wait: it would be one without an end.
    @Test func aWakeOnTheWayToAWaitIsKept() async throws {
        let (connection, far) = await MemoryConnection.make()
        let goesOn = Mutex(false)
        let session = Task {
            await connection.run { connection in
                connection.wakeWithoutInput()
                await withUnsafeContinuation { connection.park($0) }
            }
        }
        Task {
            await session.value
            goesOn.withLock { $0 = true }
        }
        #expect(await eventually { goesOn.withLock { $0 } })
        await far.finishSending()
        await connection.end()
    }

    @Test func timesOutOnItsOwnClock() async throws {
        let (connection, far) = await MemoryConnection.make(idleSeconds: 60)
        let session = Task { await EchoSession(connection).serve() }
        _ = await far.receiveLine()
        await far.advance(seconds: 59)
        await far.send("x\r\n")
        #expect(await far.receiveLine() == Array("OK x\r\n".utf8))
        await far.advance(seconds: 59)
        connection.signal()  // wakes, and does not make the time longer
        await far.advance(seconds: 2)
        #expect(await session.value == .timedOut)
        await connection.end()
    }

    /// A client that lets its line drip, an octet now and then, has no more time for it than others.
    @Test func aLineMustEndWithinTheIdleTime() async throws {
        let (connection, far) = await MemoryConnection.make(idleSeconds: 60)
        let session = Task { await EchoSession(connection).serve() }
        _ = await far.receiveLine()
        await far.advance(seconds: 50)
        for _ in 0..<5 {
            await far.send("x")
            await far.advance(seconds: 10)
        }
        await far.send("\r\n")
        #expect(await far.receiveLine() == Array("OK xxxxx\r\n".utf8))
        for _ in 0..<7 {
            await far.send("x")
            await far.advance(seconds: 10)
        }
        #expect(await session.value == .timedOut)
        await connection.end()
    }

    @Test func endsByResetAndByEndOfInput() async throws {
        let (first, far) = await MemoryConnection.make()
        let session = Task { await EchoSession(first).serve() }
        _ = await far.receiveLine()
        await far.reset()
        #expect(await session.value == .reset)

        let (second, other) = await MemoryConnection.make()
        let quiet = Task { await EchoSession(second).serve() }
        _ = await other.receiveLine()
        await other.send("last\r\nunfinished")
        await other.finishSending()
        #expect(await quiet.value == nil)
        await second.end()
        #expect(await other.receiveLine() == Array("OK last\r\n".utf8))
        #expect(await other.receiveLine() == nil)
    }

    @Test func pretendsTLS() async throws {
        let authority = try Authority()
        let tls = try TLSServerContext(identities: [try authority.issue("a")])
        let (connection, far) = await MemoryConnection.make()
        let session = Task { await EchoSession(connection, tls: tls).serve() }
        _ = await far.receiveLine()
        await far.send("TLS\r\n")
        #expect(await far.receiveLine() == Array("none - - false\r\n".utf8))
        await far.send("STARTTLS\r\n")
        #expect(await far.receiveLine() == Array("go\r\n".utf8))
        await far.send("TLS\r\n")
        #expect(await far.receiveLine() == Array("TLSv1.3 - - false\r\n".utf8))
        await far.send("STARTTLS\r\nTLS\r\n")
        #expect(await session.value == .plaintextAfterSTARTTLS)
        await connection.end()
    }

    @Test func aSignalWakesAnIdleSession() async throws {
        let (connection, far) = await MemoryConnection.make()
        let seen = Task {
            try await connection.run { connection in
                var seen: [LineOrSignal] = []
                while seen.count < 4 {
                    seen.append(try await connection.readLineOrSignal(limit: 100))
                    connection.write("\(seen.count)\r\n")
                    connection.flush()
                }
                return seen
            }
        }
        connection.signal()
        connection.signal()
        _ = await far.receiveLine()
        await far.send("a\r\n")
        _ = await far.receiveLine()
        connection.signal()
        _ = await far.receiveLine()
        await far.finishSending()
        let line = InputLine(bytes: [0x61], terminator: .crlf)
        #expect(try await seen.value == [.signal, .line(line), .signal, .closed])
        await connection.end()
    }
}

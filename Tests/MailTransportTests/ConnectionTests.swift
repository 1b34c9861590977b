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

    /// The peer's half-close is the end of input, not of output.
    @Test func answersAfterAHalfClose() async throws {
        let server = try await EchoServer()
        let done = try await runAside(
            """
            python3 -c 'import socket
            s = socket.create_connection(("127.0.0.1", \(server.port)))
            s.sendall(b"one\\r\\ntwo\\r\\nBIG 20\\r\\nrest")
            s.shutdown(socket.SHUT_WR)
            data = b""
            while True:
                more = s.recv(65536)
                if not more: break
                data += more
            print(data[:40], len(data))'
            """)
        #expect(done.output == "b'hello 127.0.0.1\\r\\nOK one\\r\\nOK two\\r\\nxxxxxxx' 1310755\n", "\(done)")
        #expect(await eventually { server.endings.all == [nil] })
        await server.stop()
    }

    /// One that is slow to read the rest holds up nobody else: the loop that serves it goes on.
    @Test(.timeLimit(.minutes(1))) func aSlowReaderAfterAHalfCloseIsWaitedFor() async throws {
        let server = try await EchoServer()
        let slow = Task {
            try await runAside(
                """
                python3 -c 'import socket, time
                s = socket.create_connection(("127.0.0.1", \(server.port)), timeout=20)
                s.sendall(b"BIG 400\\r\\n")
                s.shutdown(socket.SHUT_WR)
                time.sleep(2)
                size = 0
                while True:
                    more = s.recv(1 << 20)
                    if not more: break
                    size += len(more)
                print(size)'
                """)
        }
        #expect(await eventually { server.listeners.openConnections == 1 })
        for _ in 0..<10 {  // some of them on the same loop
            let client = try await server.connect()
            #expect(try await client.ask("one\r\n", lines: 2) == ["hello 127.0.0.1", "OK one"])
            await client.end()
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try await slow.value.output == "\(400 * 65_536 + 19)\n")
        await server.stop()
    }

    @Test func survivesAReset() async throws {
        let server = try await EchoServer()
        _ = try await runAside(
            """
            python3 -c 'import socket, struct
            for data in [b"", b"half a li", b"one\\r\\n" * 1000]:
                s = socket.create_connection(("127.0.0.1", \(server.port)))
                s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                s.sendall(data)
                s.close()'
            """)
        #expect(await eventually { server.endings.all.count == 3 && server.listeners.openConnections == 0 })
        let client = try await server.connect()
        #expect(try await client.ask("") == ["hello 127.0.0.1"])
        await server.stop()
    }

    /// A reply is not destroyed by input that the server has not read: the connection lingers.
    @Test func theLastReplyArrives() async throws {
        let server = try await EchoServer()
        let done = try await runAside(
            """
            python3 -c 'import socket, time
            s = socket.create_connection(("127.0.0.1", \(server.port)))
            s.sendall(b"QUIT\\r\\n" + b"x" * 100000)
            time.sleep(0.2)
            for _ in range(5):
                s.sendall(b"more" * 1000); time.sleep(0.02)
            print(s.recv(100))'
            """)
        #expect(done.output == "b'hello 127.0.0.1\\r\\nbye\\r\\n'\n", "\(done)")
        await server.stop()
    }

    /// n - 1, n and n + 1 octets with CRLF.
    @Test func limitsLines() async throws {
        let server = try await EchoServer(lineLimit: 10)
        let client = try await server.connect()
        #expect(
            try await client.ask("1234567\r\n12345678\r\n123456789\r\nok\r\n", lines: 5) == [
                "hello 127.0.0.1", "OK 1234567", "OK 12345678", "too long", "OK ok",
            ])
        await server.stop()
    }

    @Test func closesAtAnEndlessLine() async throws {
        let server = try await EchoServer()
        let client = try await server.connect()
        let endless = String(repeating: "x", count: Connection.longestDrain + 65_536 * 4)
        let answers = try? await client.ask(endless, lines: 3)
        #expect(answers == ["hello 127.0.0.1", "bye endlessLine"])
        #expect(server.endings.all == [.endlessLine])
        await server.stop()
    }

    @Test func aReaderThatReadsNothingIsGivenUp() async throws {
        let server = try await EchoServer(limits: .init(idleSeconds: 1))
        let client = try await server.connect()
        await client.run { connection in
            connection.write("BIG 10000\r\n")
            connection.flush()
        }
        #expect(await eventually { server.endings.all == [.timedOut] })
        client.abort()
        #expect(await eventually { server.listeners.openConnections == 0 })
        await server.stop()
    }

    @Test func failsToConnect() async throws {
        await #expect(throws: ConnectionError.self) { try await Dialer.connect(host: "127.0.0.1", port: 1) }
        await #expect(throws: ConnectionError.self) { try await Dialer.connect(host: "no-such-host.invalid", port: 1) }
    }

    @Test func theBlockingPoolRuns() async throws {
        let pool = BlockingPool(threads: 2)
        #expect(try await pool.run { 6 * 7 } == 42)
        await #expect(throws: TLSError("x")) { try await pool.run { throw TLSError("x") } }
        await pool.shutDown()
        await #expect(throws: CancellationError.self) { try await pool.run { 1 } }
    }
}

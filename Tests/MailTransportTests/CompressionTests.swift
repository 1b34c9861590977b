import CZlib
import MailTransportTesting
import NIOCore
import Testing

@testable import MailTransport

/// A session that compresses from its second line on, and echoes.
private func compressingEcho(_ connection: Connection) async throws {
    connection.write("ready\r\n")
    _ = try await connection.readLine(limit: 100)
    connection.write("go\r\n")
    try connection.startCompression()
    while let line = try await connection.readLine(limit: 100_000) {
        connection.write(line.bytes)
        connection.write("\r\n")
        if line.bytes.starts(with: "QUIT".utf8) { return }
    }
}

@Suite struct CompressionTests {
    private static func start() async -> MemoryPeer {
        let far = await MemoryConnection.serve { try? await compressingEcho($0) }
        _ = await far.receiveLine()
        await far.send("COMPRESS\r\n")
        #expect(await far.receiveLine() == Array("go\r\n".utf8))
        return far
    }

    @Test func bothWays() async throws {
        let far = await Self.start()
        let zlib = FarZlib()
        for line in ["hello", String(repeating: "long ", count: 9_000), "QUIT"] {
            await far.send(zlib.deflate("\(line)\r\n"))
            #expect(await zlib.receiveLine(from: far) == "\(line)\r\n")
        }
    }

    @Test func octetByOctetAndManyLinesAtOnce() async throws {
        let far = await Self.start()
        let zlib = FarZlib()
        for octet in zlib.deflate("drip\r\n") { await far.send([octet]) }
        #expect(await zlib.receiveLine(from: far) == "drip\r\n")
        let lines = (0..<5_000).map { "line \($0)\r\n" }
        await far.send(zlib.deflate(lines.joined()))
        for line in lines { #expect(await zlib.receiveLine(from: far) == line) }
        await far.send(zlib.deflate("QUIT\r\n"))
        #expect(await zlib.receiveLine(from: far) == "QUIT\r\n")
    }

    /// A hundred thousand octets that stand for a hundred million are made large only as they are read.
    @Test func aBombStaysPacked() async throws {
        let (connection, far) = await MemoryConnection.make()
        let bomb = FarZlib().deflate([UInt8](repeating: 0x30, count: 100_000_000))
        #expect(bomb.count < 110_000)
        try await connection.run { try $0.startCompression() }
        await far.send(bomb)
        #expect(await connection.run { $0.octetsIn } <= 2 * 16_384)
        let first = try await connection.run { try await $0.readChunk(max: 1_000_000) }
        #expect(first?.allSatisfy { $0 == 0x30 } == true)
        let all = try await connection.run { connection in
            var sum = first?.count ?? 0
            while sum < 100_000_000, let more = try await connection.readChunk(max: 1_000_000) { sum += more.count }
            return sum
        }
        #expect(all == 100_000_000)
        await connection.run { $0.close() }
    }

    /// All input has been taken, and zlib holds more than there was room for: that too is read before more is waited for.
    @Test(arguments: 0...12) func whatZlibHoldsIsRead(missing: Int) throws {
        let packed = FarZlib().deflate([UInt8](repeating: 0x30, count: Inflater.chunk + 100)).dropLast(missing)
        let inflater = try Inflater()
        inflater.append(ByteBuffer(bytes: packed))
        var count = 0
        repeat { count += try inflater.next(ByteBufferAllocator()).readableBytes } while !inflater.isEmpty
        #expect(count == FarZlib().inflate(Array(packed)).count)
    }

    @Test func whatFollowsIsReadBeforeTheEndOfInput() async throws {
        let (connection, far) = await MemoryConnection.make()
        try await connection.run { try $0.startCompression() }
        await far.send(FarZlib().deflate([UInt8](repeating: 0x30, count: 1_000_000)))
        await far.finishSending()
        let sum = try await connection.run { connection in
            var sum = 0
            while let more = try await connection.readChunk(max: 100_000) { sum += more.count }
            return sum
        }
        #expect(sum == 1_000_000)
        await connection.run { $0.close() }
    }

    @Test(arguments: ["this is not deflate", "\u{3}\0"])
    func nonsenseEndsTheConnection(_ text: String) async throws {
        let (connection, far) = await MemoryConnection.make()
        try await connection.run { try $0.startCompression() }
        await far.send(text)
        await #expect(throws: ConnectionError.badCompression) {
            try await connection.run { _ = try await $0.readLine(limit: 100) }
        }
    }

    /// More sessions than a loop has compressors, in turn and at once, through TLS: each is compressed as if it were alone.
    @Test func sessionsShareCompressors() async throws {
        let authority = try Authority()
        let tls = try TLSServerContext(identities: [try authority.issue("a")])
        let trust = try TLSClientContext(trust: .authorities(file: authority.file))
        let server = try await EchoServer(security: .implicit, tls: tls, lineLimit: 100_000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let client = try await server.connect(.tls(trust, serverName: "mail.example.test"))
                    _ = try await client.ask("COMPRESS\r\n", lines: 2)
                    try await client.run { try $0.startCompression() }
                    for turn in 0..<40 {
                        let line = String(repeating: "client \(number) turn \(turn) ", count: turn * 50 + 1)
                        #expect(try await client.ask("\(line)\r\n") == ["OK \(line)"])
                    }
                    await client.end()
                }
            }
            try await group.waitForAll()
        }
        await server.stop()
    }
}

/// RFC 1952: header and checksum are what other programs look at.
@Suite struct GzipTests {
    @Test(arguments: [0, 1, 1_000, 300_000])
    func whatIsPackedComesBack(size: Int) throws {
        let plain = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 / 7) }
        var packed = try #require(Gzip.packed(plain))
        #expect(packed.starts(with: [0x1f, 0x8b, 8]))
        var stream = z_stream()
        // 31: a file of gzip, of any window.
        #expect(inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { inflateEnd(&stream) }
        var unpacked = [UInt8](repeating: 0, count: size + 1)
        let code = packed.withUnsafeMutableBufferPointer { source in
            unpacked.withUnsafeMutableBufferPointer { space in
                (stream.next_in, stream.avail_in) = (source.baseAddress, uInt(source.count))
                (stream.next_out, stream.avail_out) = (space.baseAddress, uInt(space.count))
                return inflate(&stream, Z_FINISH)
            }
        }
        #expect(code == Z_STREAM_END && stream.avail_in == 0)
        #expect(Array(unpacked.dropLast(Int(stream.avail_out))) == plain)
    }
}

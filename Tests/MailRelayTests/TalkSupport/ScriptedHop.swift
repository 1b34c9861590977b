import MailNetwork
import MailTransport
import Synchronization

@testable import MailRelay

/// A next hop on a real socket that follows a script, one script for each connection in turn:
///
///     S: 220 mx.test         says this
///     S- 220 mx.te           ... without the end of the line
///     C: EHLO relay.test     expects exactly this
///     C~ MAIL FROM:          ... or what begins so
///     ! data                 takes content up to its dot
///     ! chunk                takes as many octets as the last line said
///     ! take 100             takes so many octets
///     ! tls                  goes on with TLS
///     ! wait 300             milliseconds
///     ! drip 250 ok          says it octet by octet, 100 ms between
///     ! flood 250-x          says it for ever
///     ! reset, ! close       without goodbye
final class ScriptedHop: Sendable {
    struct Seen: Sendable {
        var lines: [String] = []
        var contents: [String] = []
        var mistakes: [String] = []
        var connections = 0
    }

    let port: UInt16
    private let listeners: Listeners
    private let box: Box

    final class Box: Sendable {
        private let state = Mutex(Seen())
        var value: Seen { state.withLock { $0 } }
        func change(_ body: (inout Seen) -> Void) { state.withLock { body(&$0) } }
    }

    var seen: Seen { box.value }

    /// `cutAfter`: the connection ends when so many octets have been said.
    init(
        _ scripts: [String], tls: TLSServerContext? = nil, cutAfter: Int? = nil, implicit: Bool = false
    ) async throws {
        let box = Box()
        listeners = Listeners(threads: 1)
        let security: ListenerPlan.Security = implicit ? .implicit : tls == nil ? .none : .starttls
        let plan = ListenerPlan(service: "hop", host: "127.0.0.1", port: 0, security: security)
        let port = try await listeners.listen(plan, tls: tls) { connection in
            var number = 0
            box.change {
                number = $0.connections
                $0.connections += 1
            }
            guard let script = number < scripts.count ? scripts[number] : scripts.last else { return }
            let actor = HopActor(connection, box: box, tls: tls, cutAfter: cutAfter)
            await actor.play(script)
        }
        self.port = UInt16(port)
        self.box = box
    }

    convenience init(_ script: String, tls: TLSServerContext? = nil) async throws {
        try await self.init([script], tls: tls)
    }

    func hop(_ tls: TLSDemand = .opportunistic, host: String = "mx.test", login: RelayLogin? = nil) -> NextHop {
        NextHop(host: host, port: port, addresses: [.loopback], tls: tls, login: login)
    }

    func stop() async { await listeners.shutDown() }
}

private actor HopActor {
    private let connection: Connection
    private let box: ScriptedHop.Box
    private let tls: TLSServerContext?
    private var left: Int?
    private var chunk = 0
    nonisolated var unownedExecutor: UnownedSerialExecutor { connection.executor.asUnownedSerialExecutor() }

    private struct Over: Error {}

    init(_ connection: Connection, box: ScriptedHop.Box, tls: TLSServerContext?, cutAfter: Int?) {
        self.connection = connection
        self.box = box
        self.tls = tls
        left = cutAfter
    }

    func play(_ script: String) async {
        connection.setIdleTimeout(seconds: 20)
        do {
            for line in script.split(separator: "\n") {
                try await play(line.drop { $0 == " " }[...])
            }
        } catch is Over {
        } catch {
            box.change { $0.mistakes.append("\(error)") }
        }
    }

    private func play(_ line: Substring) async throws {
        let rest = String(line.dropFirst(3))
        switch line.prefix(2) {
        case "S:": try say(rest + "\r\n")
        case "S-": try say(rest)
        case "C:", "C~": try await expect(rest, whole: line.prefix(2) == "C:")
        case "! ": try await act(line.dropFirst(2).split(separator: " ", maxSplits: 1).map(String.init))
        case "", "#": break
        default: box.change { $0.mistakes.append("script: \(line)") }
        }
    }

    private func say(_ text: String) throws {
        guard let left else { return connection.write(text) }
        let octets = Array(text.utf8.prefix(left))
        connection.write(octets)
        self.left = left - octets.count
        if octets.count < text.utf8.count {
            connection.flush()
            throw Over()
        }
    }

    private func expect(_ wanted: String, whole: Bool) async throws {
        guard let line = try await connection.readLine(limit: 100_000) else {
            box.change { $0.mistakes.append("nothing came instead of \(wanted)") }
            throw Over()
        }
        let text = String(decoding: line.bytes, as: UTF8.self)
        let words = text.split(separator: " ")
        if words.count > 1, words[0] == "BDAT" { chunk = Int(words[1]) ?? 0 }
        box.change {
            $0.lines.append(text)
            if whole ? text != wanted : !text.hasPrefix(wanted) { $0.mistakes.append("\(text), not \(wanted)") }
        }
    }

    private func act(_ words: [String]) async throws {
        switch (words[0], words.count > 1 ? words[1] : "") {
        case ("data", _): try await takeData()
        case ("chunk", _): try await take(chunk, keeps: true)
        case ("take", let count): try await take(Int(count) ?? 0, keeps: false)
        case ("tls", _): if let tls { try await connection.startTLS(tls) }
        case ("wait", let time): try await pause(Int(time) ?? 0)
        case ("drip", let text): try await drip(text)
        case ("flood", let text): try await flood(text)
        case ("reset", _):
            connection.abort()
            throw Over()
        case ("close", _): throw Over()
        default: box.change { $0.mistakes.append("script: \(words)") }
        }
    }

    private func takeData() async throws {
        var content = ""
        while let line = try await connection.readLine(limit: 1_000_000) {
            let text = String(decoding: line.bytes, as: UTF8.self)
            if text == "." { break }
            content += (text.hasPrefix(".") ? String(text.dropFirst()) : text) + "\r\n"
        }
        box.change { [content] in $0.contents.append(content) }
    }

    private func take(_ count: Int, keeps: Bool) async throws {
        var octets: [UInt8] = []
        while octets.count < count, let more = try await connection.readChunk(max: count - octets.count) {
            octets += more
        }
        if keeps { box.change { [octets] in $0.contents.append(String(decoding: octets, as: UTF8.self)) } }
    }

    private func pause(_ milliseconds: Int) async throws {
        connection.flush()
        try await Task.sleep(for: .milliseconds(milliseconds))
    }

    private func drip(_ text: String) async throws {
        for octet in Array((text + "\r\n").utf8) {
            connection.write([octet])
            try await pause(100)
            guard !connection.peerHasEnded else { throw Over() }
        }
    }

    private func flood(_ text: String) async throws {
        let many = Array(String(repeating: text + "\r\n", count: 100).utf8)
        while true {
            connection.write(many)
            do { try await connection.drain() } catch { throw Over() }
        }
    }
}

extension IPAddress {
    static let loopback = IPAddress(v4: 0x7f00_0001)
}

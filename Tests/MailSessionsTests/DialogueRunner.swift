import Foundation
import MailTransport
import Testing

@testable import MailSessions

/// Plays one dialogue against a fresh server.
///
/// Directives: `! service imap` (for clients that connect from here on), `! connect 2 imaps`, `! starttls 1`,
/// `! deliver alice INBOX subject` (by another session), `! close 1`, `! limit message 1000` (before any client),
/// `! forget alice` (what was expunged), `! without client *old*: NOTIFY` (before any client), and what an administrator does:
/// see `DialogueServer.administer`.
actor DialogueRunner {
    /// No answer takes longer, unless something is broken.
    static let patience = Duration.seconds(20)

    private let file: DialogueFile
    private let transport: DialogueServer.Transport
    private var server: DialogueServer?
    private var settings: @Sendable (inout SessionSettings) -> Void = { _ in }
    private var service: MailService
    private var clients: [Int: DialogueClient] = [:]
    private var pattern = DialoguePattern()

    init(_ file: DialogueFile, over transport: DialogueServer.Transport, service: MailService) {
        self.file = file
        self.transport = transport
        self.service = service
    }

    struct Failure: Error, CustomStringConvertible { let description: String }

    func run() async throws {
        guard !file.lines.isEmpty else { throw Failure(description: "\(file.name): nothing to do") }
        do {
            for line in file.lines {
                do { try await run(line.step) } catch {
                    throw Failure(description: "\(file.name):\(line.number) over \(transport): \(error)")
                }
            }
        } catch {
            await end()
            throw error
        }
        await end()
    }

    private func end() async {
        for client in clients.values { await client.abort() }
        await server?.stop()
    }

    private func run(_ step: DialogueFile.Step) async throws {
        switch step {
        case .send(let number, let text): try await client(number).send(pattern.fill(text) + "\r\n")
        case .literal(let number, let lines, let waits, let head):
            try await sendLiteral(lines, waits: waits, head: head, to: number)
        case .expect(let number, let expected):
            let line = try await receive(number)
            guard pattern.matches(expected, line) else {
                throw Failure(description: "expected \(expected.debugDescription), got \(line.debugDescription)")
            }
        case .skipTo(let number, let expected): try await skip(to: expected, number)
        case .directive(let words): try await obey(words)
        }
    }

    private func skip(to expected: String, _ number: Int) async throws {
        var seen: [String] = []
        while true {
            let line = try await receive(number)
            if pattern.matches(expected, line) { return }
            seen.append(line)
            guard line != "<closed>" else {
                throw Failure(description: "expected \(expected.debugDescription), got only \(seen)")
            }
        }
    }

    private func sendLiteral(_ lines: [String], waits: Bool, head: String, to number: Int) async throws {
        let content = lines.map { pattern.fill($0) + "\r\n" }.joined()
        let client = try await client(number)
        await client.send("\(pattern.fill(head)){\(content.utf8.count)\(waits ? "" : "+")}\r\n")
        if waits {
            let line = try await receive(number)
            guard line.hasPrefix("+") else { throw Failure(description: "expected +, got \(line.debugDescription)") }
        }
        await client.send(content)
    }

    /// The next line of the server, `<closed>` at its end.
    private func receive(_ number: Int) async throws -> String {
        let client = try await client(number)
        let clock = Task {
            try await Task.sleep(for: Self.patience)
            await client.abort()
        }
        defer { clock.cancel() }
        return try await client.receive() ?? "<closed>"
    }

    private func client(_ number: Int) async throws -> DialogueClient {
        if let known = clients[number] { return known }
        let client = try await running().connect(service, over: transport)
        clients[number] = client
        return client
    }

    private func running() async throws -> DialogueServer {
        if let server { return server }
        let made = try await DialogueServer(settings: settings)
        server = made
        return made
    }

    private func obey(_ words: [String]) async throws {
        let number = words.dropFirst().first.flatMap { Int($0) } ?? 1
        switch words.first {
        case "service": service = try named(words.last)
        case "connect":
            service = try named(words.last)
            clients[number] = nil
            _ = try await client(number)
        case "starttls": try await client(number).startTLS(try await running().trust)
        case "close":
            await clients[number]?.close()
            clients[number] = nil
        case "deliver" where words.count >= 4:
            try await running().deliver(to: words[1], words[2], subject: words[3...].joined(separator: " "))
        case "admin" where words.count >= 3:
            if let made = try await running().administer(Array(words.dropFirst())) { pattern.remember(made) }
        case "forget" where words.count == 2: try await running().forgetVanished(of: words[1])
        case "without" where words.count >= 3: keep(words.dropFirst().joined(separator: " "))
        case "server" where words.count >= 3: tell(words[1], words[2...].joined(separator: " "))
        case "limit" where words.count == 3: try limit(words[1], words[2])
        default: throw Failure(description: "unknown directive \(words)")
        }
    }

    private func keep(_ rule: String) {
        let before = settings
        settings = {
            before(&$0)
            $0.capabilities = CapabilitySwitches([rule])
        }
    }

    /// `! server admin mailto:x@y`, `! server comment TEXT`: what the configuration says of the server.
    private func tell(_ name: String, _ text: String) {
        let before = settings
        settings = {
            before(&$0)
            if name == "admin" { $0.administrator = text } else { $0.comment = text }
        }
    }

    private func limit(_ name: String, _ text: String) throws {
        guard let value = Int(text) else { throw Failure(description: "not a number: \(text)") }
        let before = settings
        switch name {
        case "message":
            settings = {
                before(&$0)
                $0.messageLimit = Int64(value)
            }
        case "save":
            settings = {
                before(&$0)
                $0.saveLimit = value
            }
        case "handled":
            settings = {
                before(&$0)
                $0.handledLimit = value
            }
        case "bad":
            settings = {
                before(&$0)
                $0.limits.badCommands = value
            }
        default: throw Failure(description: "unknown limit \(name)")
        }
    }

    private func named(_ word: String?) throws -> MailService {
        guard let service = word.flatMap({ MailService(rawValue: $0) }) else {
            throw Failure(description: "unknown service \(word ?? "")")
        }
        return service
    }
}

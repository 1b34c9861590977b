import MailMessage
import MailStore
import MailTransport
import MailTransportTesting

@testable import MailSessions

/// What the tests of SMTP, POP3 and the whole server look at and put in beside the dialogues.
extension DialogueServer {
    /// What lies in a mailbox, in order, as bytes.
    func messages(of user: String, in mailbox: MailboxName = .inbox) async throws -> [[UInt8]] {
        let bodies = try await account(user).read { reader in
            guard let info = try reader.mailbox(mailbox) else { throw StoreError.noSuchMailbox(mailbox) }
            return try reader.uids(in: info.id).map { try reader.body(of: info.id, uid: $0) }
        }
        var result: [[UInt8]] = []
        for body in bodies {
            let reader = try await server.store.open(body)
            result.append(try await reader.read(at: 0, count: Int(reader.size)))
        }
        return result
    }

    func texts(of user: String) async throws -> [String] {
        try await messages(of: user).map { String(decoding: $0, as: UTF8.self) }
    }

    func put(_ texts: [String], into user: String) async throws {
        let messages = texts.map { StorableMessage(Array($0.utf8)) }
        try await account(user).write { transaction in
            guard let inbox = try transaction.mailbox(.inbox) else { throw StoreError.noSuchMailbox(.inbox) }
            for message in messages {
                _ = try transaction.append(message, to: inbox.id, flags: [], receivedAt: 1_700_000_000)
            }
        }
    }
}

/// One client in straight lines: what it says, and what it must hear.
struct SessionClient {
    let client: DialogueClient

    init(_ client: DialogueClient) { self.client = client }

    init(_ server: DialogueServer, _ service: MailService, over transport: DialogueServer.Transport = .memory)
        async throws
    {
        client = try await server.connect(service, over: transport)
    }

    func say(_ text: String) async { await client.send(text + "\r\n") }
    func hear() async throws -> String { try await client.receive() ?? "<closed>" }

    func ask(_ text: String) async throws -> String {
        await say(text)
        return try await hear()
    }

    /// The last line of a reply of several.
    func askLast(_ text: String) async throws -> String {
        var line = try await ask(text)
        while line.dropFirst(3).first == "-" { line = try await hear() }
        return line
    }

    func send(_ bytes: [UInt8]) async {
        switch client {
        case .memory(let peer, _): await peer.send(bytes)
        case .socket(let connection):
            await connection.run {
                $0.write(bytes)
                $0.flush()
            }
        }
    }
}

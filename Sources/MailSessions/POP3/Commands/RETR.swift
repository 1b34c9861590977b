import MailMessage
import MailStore
import MailTransport
import MailWire

/// RETR and TOP (RFC 1939 §5, §7).
extension POP3Session {
    func retr(_ number: POP3MessageNumber, _ login: POP3Login) async throws {
        guard let entry = login.maildrop[number] else { throw POP3Error.noSuchMessage }
        let body = try await body(number, entry, login)
        try await send(body, title: "\(entry.size) octets", cutter: nil)
        login.maildrop.markRetrieved(number)
    }

    func top(_ number: POP3MessageNumber, lines: Int, _ login: POP3Login) async throws {
        guard let entry = login.maildrop[number] else { throw POP3Error.noSuchMessage }
        let body = try await body(number, entry, login)
        try await send(body, title: "", cutter: POP3TopCutter(lines: lines))
    }

    /// From what was fetched before, else from the store: one hop, with the messages that are probably next.
    private func body(
        _ number: POP3MessageNumber, _ entry: Maildrop.Entry, _ login: POP3Login
    ) async throws -> MessageBody {
        if let body = login.prefetch.take(entry.uid) { return body }
        return try await fetch(number, entry.uid, login)
    }

    private func fetch(_ number: POP3MessageNumber, _ uid: UID, _ login: POP3Login) async throws -> MessageBody {
        let mailbox = login.maildrop.mailbox
        let wanted = login.prefetch.plan(number, in: login.maildrop)
        do {
            var fetched = try await login.account.read { reader in
                var result: [UID: MessageBody] = [:]
                for (uid, body) in try reader.bodies(in: mailbox, wanted, upTo: Int(BodyPrefetch.budget)) {
                    result[uid] = body
                }
                return result
            }
            guard let body = fetched.removeValue(forKey: uid) else { throw POP3Error.noSuchMessage }
            login.prefetch.fill(fetched, after: number)
            return body
        } catch let error as StoreError {
            throw POP3Error(error)
        }
    }

    private func send(_ body: MessageBody, title: String, cutter: POP3TopCutter?) async throws {
        let writer = POP3BodyWriter(cutter: cutter)
        switch body {
        case .inline(let bytes): try await writeWhole(bytes, title, writer)
        case .file: try await stream(body, title, writer)
        }
    }

    private func writeWhole(_ bytes: [UInt8], _ title: String, _ writer: POP3BodyWriter) async throws {
        var writer = writer
        var output = POP3Reply.ok(title).bytes
        output.reserveCapacity(bytes.count + bytes.count / Self.dotReserve + Self.dotReserve)
        bytes.withUnsafeBytes { _ = writer.write($0, into: &output) }
        writer.finish(into: &output)
        try await write(output)
    }

    /// A large body goes out in pieces, read off the event loop: constant memory.
    private func stream(_ body: MessageBody, _ title: String, _ writer: POP3BodyWriter) async throws {
        let reader = try await open(body)
        var writer = writer
        var output = POP3Reply.ok(title).bytes
        var offset: Int64 = 0
        var isWanted = true
        while isWanted, offset < reader.size {
            // A failure in the middle cannot be told any more: the connection closes without the final dot.
            let piece = try await reader.read(at: offset, count: Self.pieceSize)
            guard !piece.isEmpty else { throw StoreError.inputOutput("a body ended too early") }
            offset += Int64(piece.count)
            isWanted = piece.withUnsafeBytes { writer.write($0, into: &output) }
            try await write(output)
            output.removeAll(keepingCapacity: true)
        }
        writer.finish(into: &output)
        try await write(output)
    }

    private func open(_ body: MessageBody) async throws(POP3Error) -> MessageBodyReader {
        do {
            return try await services.store.open(body)
        } catch {
            throw POP3Error(error)
        }
    }

    private static let pieceSize = 262_144
    /// Room for doubled dots: one octet in so many.
    private static let dotReserve = 64
}

import MailTransport
import MailWire

/// STAT, LIST and UIDL: answered from the snapshot (RFC 1939 §5, §7).
extension POP3Session {
    func stat(_ maildrop: Maildrop) { send(.ok("\(maildrop.remaining.count) \(maildrop.remaining.bytes)")) }

    func list(_ number: POP3MessageNumber?, _ maildrop: Maildrop) async throws {
        try await listing(number, maildrop, title: "\(maildrop.remaining.count) messages") { "\($0.size)" }
    }

    func uidl(_ number: POP3MessageNumber?, _ maildrop: Maildrop) async throws {
        try await listing(number, maildrop, title: "") { maildrop.uniqueID($0) }
    }

    private func listing(
        _ number: POP3MessageNumber?, _ maildrop: Maildrop, title: String, _ text: (Maildrop.Entry) -> String
    ) async throws {
        if let number {
            guard let entry = maildrop[number] else { throw POP3Error.noSuchMessage }
            return send(.ok("\(number) \(text(entry))"))
        }
        var output = POP3Reply.ok(title).bytes
        for (index, entry) in maildrop.entries.enumerated() where !entry.isDeleted {
            output.append(contentsOf: "\(index + 1) \(text(entry))\r\n".utf8)
        }
        output.append(contentsOf: ".\r\n".utf8)
        try await write(output)
    }
}

import MailTransport
import MailWire

/// IDLE (RFC 9051 §6.3.13): nothing but a flag and a wait, until the account changes or the client says DONE.
struct IMAPIdling {
    let tag: String
    let watch: AccountWatch
}

extension IMAPSession {
    static let doneLimit = 64

    func beginIdle(tag: String) throws -> IMAPReply? {
        let idling = IMAPIdling(tag: tag, watch: try watch())
        idling.watch.setIdling(true)
        self.idling = idling
        send { $0.continuation("idling") }
        return nil
    }

    func tellIdling() async throws {
        do {
            try await tellNews(mayExpunge: true, isWaiting: true)
        } catch {
            guard let idling = stopIdling() else { return }
            try await answer(failureReply(error, of: "IDLE"), tag: idling.tag)
        }
    }

    func endIdle(_ line: InputLine) async throws {
        guard let idling = stopIdling() else { return }
        guard String(decoding: line.bytes, as: UTF8.self).uppercased() == "DONE" else {
            return try await answer(.bad("Only DONE ends IDLE"), tag: idling.tag)
        }
        try await conclude(.ok("Idle no more"), of: "IDLE", IMAPCommand.Body.idle.rule, tag: idling.tag)
    }

    private func stopIdling() -> IMAPIdling? {
        defer { idling = nil }
        idling?.watch.setIdling(false)
        return idling
    }
}

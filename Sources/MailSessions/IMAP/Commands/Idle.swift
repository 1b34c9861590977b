import MailTransport
import MailWire

/// IDLE (RFC 9051 §6.3.13): nothing but a flag and a wait, until the account changes or the client says DONE.
extension IMAPSession {
    static let doneLimit = 64

    func idle() async throws -> IMAPReply {
        let watch = try watch()
        watch.setIdling(true)
        defer { watch.setIdling(false) }
        send { $0.continuation("idling") }
        return try await waitForDone()
    }

    private func waitForDone() async throws -> IMAPReply {
        while true {
            // Before each wait: what came between the last look and `setIdling` has given no signal.
            if hasNews { try await apart { try await $0.tellNews(mayExpunge: true, isWaiting: true) } }
            switch try await connection.readLineOrSignal(limit: Self.doneLimit) {
            case .signal: continue
            case .closed: throw ConnectionError.closed
            case .line(let line):
                guard String(decoding: line.bytes, as: UTF8.self).uppercased() == "DONE" else {
                    throw IMAPFailure.bad("Only DONE ends IDLE")
                }
                return .ok("Idle no more")
            }
        }
    }
}

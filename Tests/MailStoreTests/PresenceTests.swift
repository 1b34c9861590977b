import Foundation
import MailMessage
import Testing

@testable import MailStore

@Suite struct PresenceTests {
    private static let session = OpenSession(
        id: "1a.7", account: AccountID(7), address: "anna@uni.example", service: "imap", appPassword: "abcde",
        client: "a\tb%\nc \u{e5}", peer: "2001:db8::1", since: 1_800_000_000, tls: "TLSv1.3")

    @Test func linesComeBackAsTheyWere() {
        let bare = OpenSession(
            id: "1", account: AccountID(1), address: "x@y", service: "pop3", appPassword: nil, client: nil,
            peer: "192.0.2.1", since: 0, tls: nil)
        for session in [Self.session, bare] {
            #expect(!session.line.contains("\n") && OpenSession(line: session.line[...]) == session)
        }
        for line in ["", "a\tb", "a\tx\tc\td\te\tf\tg\t1\ti"] { #expect(OpenSession(line: line[...]) == nil) }
    }

    @Test func requests() {
        for request: PresenceRequest in [
            .list, .close(.all), .close(.account(AccountID(12))), .close(.session("1a.7")), .close(.session("a b")),
        ] { #expect(PresenceRequest(line: request.line) == request, "\(request.line)") }
        for line in ["", "lists", "list x", "close account", "close account x", "close session", "close all"] {
            #expect(PresenceRequest(line: line) == nil, "\(line)")
        }
    }

    /// Workers that died leave their names behind; whoever asks removes them.
    @Test func everyWorkerAnswers() throws {
        let store = NSTemporaryDirectory() + "presence-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: store + "/run/sessions", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: store) }
        let call = PresenceCall(store: store)
        #expect(try call.sessions() == nil)
        let workers = [PresenceSocket(store: store), PresenceSocket(store: store)]
        for (number, worker) in workers.enumerated() {
            try worker.open { request in
                switch request {
                case .list: [Self.session.line]
                case .close: [String(number + 1)]
                }
            }
        }
        let left = store + "/run/sessions/0-dead.sock"
        #expect(FileManager.default.createFile(atPath: left, contents: nil))
        #expect(try call.sessions() == [Self.session, Self.session])
        #expect(!FileManager.default.fileExists(atPath: left))
        #expect(try call.close(.all) == 3)
        for worker in workers { worker.close() }
        #expect(try call.sessions() == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: store + "/run/sessions").isEmpty)
    }
}

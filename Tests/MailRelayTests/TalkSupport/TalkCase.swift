import MailMessage
import MailNetwork
import MailStore
import MailTransport
import MailWire

@testable import MailRelay

/// What most tests of the conversation need.
enum TalkCase {
    static let plainTLS = try? RelayTLS(authorities: .anyone)

    /// Long enough for a busy machine, where nobody is meant to be waited for in vain.
    static let patient = 30
    /// For hops that stall.
    static let impatient = 3

    static func settings(_ tls: RelayTLS? = nil, patience: Int = patient) throws -> TalkSettings {
        var settings = TalkSettings(helloName: "relay.test", tls: try tls ?? plainTLS ?? RelayTLS())
        settings.connectSeconds = patience
        settings.greetingSeconds = patient
        settings.replySeconds = patience
        settings.dataSeconds = patience
        settings.blockSeconds = patience
        settings.finalSeconds = patience
        settings.quitSeconds = 1
        return settings
    }

    static func message(
        to recipients: [String] = ["b@y.test"], from sender: String? = "a@x.test",
        content: String = "Subject: hi\r\n\r\nhello\r\n"
    ) -> OutgoingMessage {
        OutgoingMessage(
            from: sender.flatMap { EmailAddress($0) },
            to: recipients.compactMap { EmailAddress($0) }.map { .init($0) },
            content: MessageContent(Array(content.utf8)))
    }

    /// Opens a session and sends the messages one after the other, over new sessions where the last cannot be used.
    static func send(
        _ messages: [OutgoingMessage], to hop: ScriptedHop, _ demand: TLSDemand = .opportunistic,
        settings: TalkSettings? = nil, login: RelayLogin? = nil
    ) async throws -> [[String]] {
        let settings = try settings ?? Self.settings()
        let next = hop.hop(demand, login: login)
        let session = try await HopSession.open(next, address: .loopback, settings: settings)
        var said: [[String]] = []
        for message in messages { said.append(await session.send(message).map(\.summary)) }
        await session.close()
        return said
    }

    /// The failure of a session that does not open.
    static func failure(
        _ hop: ScriptedHop, _ demand: TLSDemand = .opportunistic, settings: TalkSettings? = nil,
        login: RelayLogin? = nil
    ) async throws -> HopFailure? {
        let settings = try settings ?? Self.settings()
        do throws(HopFailure) {
            let session = try await HopSession.open(
                hop.hop(demand, login: login), address: .loopback, settings: settings)
            await session.close()
            return nil
        } catch {
            return error
        }
    }
}

extension HopResult {
    /// "delivered 250 2.0.0 ok".
    var summary: String {
        switch self {
        case .delivered(let reply, let dsn, _): "delivered \(reply.summary)\(dsn ? " (DSN)" : "")"
        case .deferred(let reply): "deferred \(reply.summary)"
        case .failed(let reply): "failed \(reply.summary)"
        case .postponed(let reply): "postponed \(reply.summary)"
        }
    }
}

extension HopReply {
    var summary: String { "\(code) \(status) \(text)\(mayHaveArrived ? " (perhaps)" : "")" }
}

import MailDelivery
import MailMessage
import MailNetwork
import MailRelay
import MailShared
import MailStore
import MailTransport

extension SessionLog {
    /// What happened below the sessions.
    func note(_ event: TransportEvent) {
        switch event {
        case .refused(let origin, let reason): note("refused", origin, "\(reason)")
        case .handshakeFailed(let origin, let failed): note("tls_fail", origin, failed.reason)
        case .proxyHeaderRefused(let origin, let reason): note("proxy_fail", origin, reason)
        case .acceptFailed(let service, let reason):
            named(service).problem("accept_fail", peer: "-", [("reason", reason)])
        }
    }

    private func note(_ event: String, _ origin: ConnectionOrigin, _ reason: String) {
        named(origin.service).event(event, peer: origin.peer.ip.description, [("reason", reason)])
    }
}

extension SessionLog {
    /// What happened in the queue.
    func note(_ note: QueueNote) {
        switch note {
        case .delivered(let id, let account, let attempts):
            event(
                "delivered", peer: "-", [("id", "\(id)"), ("account", "\(account)")],
                numbers: [("attempts", Int64(attempts))])
        case .sentOn(let id, let account):
            event("sent_on", peer: "-", [("id", "\(id)"), ("account", "\(account)")])
        case .deferred(let id, let account, let reason):
            event("deferred", peer: "-", [("id", "\(id)"), ("account", "\(account)"), ("reason", reason)])
        case .failed(let id, let account, let reason):
            event("bounced", peer: "-", [("id", "\(id)"), ("account", "\(account)"), ("reason", reason)])
        case .noBounce(let id, let account, let reason):
            problem("no_bounce", peer: "-", [("id", "\(id)"), ("account", "\(account)"), ("cause", reason)])
        case .trouble(let cause): problem("queue", peer: "-", [("cause", cause)])
        }
    }
}

extension SessionLog {
    /// What became of mail for other hosts. The remote's own words, never the message's.
    func note(_ note: RelayNote) {
        switch note {
        case .delivered(let message, let to, let reply, let tls):
            event("relayed", peer: reply.host, Self.fields(message, to) + [("tls", tls), ("reply", reply.line)])
        case .deferred(let message, let to, let reply):
            event("deferred", peer: reply.host, Self.fields(message, to) + [("reason", reply.line)])
        case .failed(let message, let to, let reply):
            event("bounced", peer: reply.host, Self.fields(message, to) + [("reason", reply.line)])
        case .unreachable(let host, let reply, let seconds):
            problem("unreachable", peer: host, [("cause", reply.line), ("rests", "\(seconds) s")])
        case .tlsReported(let domain, let to): event("tls_report", peer: domain, [("to", to)])
        case .trouble(let cause): problem("queue", peer: "-", [("cause", cause)])
        }
    }

    private static func fields(_ message: QueuedMessage, _ to: String) -> [(String, String)] {
        [
            ("id", message.envelope.trailID), ("queue", "\(message.id)"),
            ("from", message.sender?.description ?? ""), ("to", to),
        ]
    }
}

extension Metrics {
    func note(_ note: RelayNote) {
        switch note {
        case .delivered: add(.queueDelivered)
        case .deferred: add(.queueDeferred)
        case .failed: add(.queueFailed)
        case .unreachable, .tlsReported, .trouble: break
        }
    }

    func note(_ event: TransportEvent) {
        switch event {
        case .refused(_, .tooManyConnections): add(.refusedTooMany)
        case .refused(_, .tooManyFromAddress), .refused(_, .tooFastFromAddress): add(.refusedFromAddress)
        case .refused(_, .tooManyFromNetwork): add(.refusedFromNetwork)
        case .refused(_, .blocked): add(.refusedBlocked)
        case .refused(_, .overloaded): add(.refusedOverload)
        case .handshakeFailed: add(.tlsFailed)
        case .proxyHeaderRefused: break
        case .acceptFailed: add(.acceptFailed)
        }
    }

    func note(_ note: QueueNote) {
        switch note {
        case .delivered, .sentOn: add(.queueDelivered)
        case .deferred, .noBounce: add(.queueDeferred)
        case .failed: add(.queueFailed)
        case .trouble: break
        }
    }
}

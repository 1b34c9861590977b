import MailDelivery
import MailShared
import MailTransport

extension SessionLog {
    /// What happened below the sessions.
    func note(_ event: TransportEvent) {
        switch event {
        case .refused(let service, let peer, let reason):
            named(service).event("refused", peer: peer.ip.description, [("reason", "\(reason)")])
        case .handshakeFailed(let service, let peer, let reason):
            named(service).event("tls_fail", peer: peer.ip.description, [("reason", reason)])
        case .proxyHeaderRefused(let service, let peer, let reason):
            named(service).event("proxy_fail", peer: peer.ip.description, [("reason", reason)])
        case .acceptFailed(let service, let reason):
            named(service).problem("accept_fail", peer: "-", [("reason", reason)])
        }
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

extension Metrics {
    func note(_ event: TransportEvent) {
        switch event {
        case .refused(_, _, .tooManyConnections): add(.refusedTooMany)
        case .refused(_, _, .tooManyFromAddress), .refused(_, _, .tooFastFromAddress): add(.refusedFromAddress)
        case .refused(_, _, .tooManyFromNetwork): add(.refusedFromNetwork)
        case .refused(_, _, .blocked): add(.refusedBlocked)
        case .refused(_, _, .overloaded): add(.refusedOverload)
        case .handshakeFailed: add(.tlsFailed)
        case .proxyHeaderRefused: break
        case .acceptFailed: add(.acceptFailed)
        }
    }

    func note(_ note: QueueNote) {
        switch note {
        case .delivered: add(.queueDelivered)
        case .deferred, .noBounce: add(.queueDeferred)
        case .failed: add(.queueFailed)
        case .trouble: break
        }
    }
}

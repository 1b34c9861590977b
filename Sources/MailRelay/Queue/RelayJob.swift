import MailMessage
import MailStore

/// One message for those of its recipients that go the same way.
struct RelayJob: Sendable {
    let message: QueuedMessage
    let destinations: [RelayRecipient]
    let hops: [NextHop]

    var recipients: [QueuedRecipient] { destinations.map(\.queued) }

    /// One for each way that its recipients go; none for recipients without a route, which `settled` names.
    static func jobs(
        of message: QueuedMessage, routes: [String: RouteAnswer]
    ) -> (jobs: [RelayJob], settled: [(QueuedRecipient, HopResult)]) {
        var ways: [[NextHop]] = []
        var members: [[RelayRecipient]] = []
        var settled: [(QueuedRecipient, HopResult)] = []
        for recipient in message.recipients {
            let destination = RelayRecipient(recipient)
            switch destination.flatMap({ routes[$0.address.domainKey] }) {
            case .hops(let found)?:
                guard let destination else { continue }
                let isRelaxed = message.envelope.traits.contains(.tlsOptional) && !message.envelope.needsTLS
                let hops = isRelaxed ? found.map(\.relaxed) : found
                if let way = ways.firstIndex(of: hops) {
                    members[way].append(destination)
                } else {
                    ways.append(hops)
                    members.append([destination])
                }
            case .refused(let status, let reason)?:
                settled.append((recipient, .failed(HopReply(status: status, text: reason))))
            case .deferred(let status, let reason)?:
                settled.append((recipient, .deferred(HopReply(status: status, text: reason))))
            case nil:
                settled.append((recipient, .failed(HopReply(status: "5.1.3", text: "the address makes no sense"))))
            }
        }
        let jobs = zip(ways, members).map { hops, destinations in
            var part = message
            part.recipients = destinations.map(\.queued)
            return RelayJob(message: part, destinations: destinations, hops: hops)
        }
        return (jobs, settled)
    }
}

/// A recipient elsewhere: who has no address is none.
struct RelayRecipient: Sendable {
    let queued: QueuedRecipient
    let address: EmailAddress

    init?(_ queued: QueuedRecipient) {
        guard case .remote(let address) = queued.destination else { return nil }
        (self.queued, self.address) = (queued, address)
    }

    /// As the next hop is told.
    var outgoing: OutgoingMessage.Recipient { OutgoingMessage.Recipient(address, notice: queued.notice) }
}

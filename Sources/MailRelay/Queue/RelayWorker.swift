import MailMessage
import MailNetwork
import MailStore
import MailWire

/// One connection at a time to one host, for one message after the other.
struct RelayWorker {
    private let parts: RelayParts
    private let lane: String
    private let scheduler: RelayScheduler
    private let memory = AddressMemory.shared

    init(_ parts: RelayParts, lane: String, scheduler: RelayScheduler) {
        self.parts = parts
        self.lane = lane
        self.scheduler = scheduler
    }

    func run() async {
        var open: OpenHop?
        while let job = await scheduler.next(lane, mayWait: open != nil) {
            open = await carry(job, over: open)
        }
        await open?.session.close()
    }

    /// Gives one message away, over what is open or what can be opened. Returns what is still open.
    private func carry(_ job: RelayJob, over previous: OpenHop?) async -> OpenHop? {
        var open = await usable(previous, for: job)
        var round = JobRounds(job)
        let time = JobTime(parts.talk.longestTalk(of: job.message.size))
        // A host whose transactions hold few recipients asks for as many rounds as it takes.
        for _ in 0...(job.destinations.count + job.hops.count) where !round.rest.isEmpty && time.left > 0 {
            if open == nil {
                guard !round.hopsLeft.isEmpty else { break }
                switch await connect(round.hopsLeft, for: job, time) {
                case .success(let opened): open = opened
                case .failure(let failure):
                    if round.isUntouched {
                        await scheduler.unreachable(lane, job, failure)
                        return nil
                    }
                    round.lastFailure = failure.reply
                }
            }
            guard var current = open else { break }
            let sent = await send(job.message, to: round.rest, over: current, within: time.left)
            current.sent += 1
            if round.take(sent, of: current.hop, isNew: current.sent == 1) {
                open = await kept(current)
            } else {
                await current.session.close()
                open = nil
            }
        }
        await scheduler.finish(job.message, round.results(orElse: time.words))
        return open
    }

    private func usable(_ open: OpenHop?, for job: RelayJob) async -> OpenHop? {
        guard let open else { return nil }
        if job.hops.contains(open.hop), open.sent < parts.plan.messagesPerConnection { return open }
        await open.session.close()
        return nil
    }

    private func kept(_ open: OpenHop) async -> OpenHop? {
        if await open.session.isReusable { return open }
        await open.session.close()
        return nil
    }

    private func send(
        _ message: QueuedMessage, to recipients: [RelayRecipient], over open: OpenHop, within seconds: Int
    ) async -> [(recipient: RelayRecipient, result: HopResult)] {
        let outgoing: OutgoingMessage
        do {
            outgoing = try await self.outgoing(message, recipients)
        } catch {
            let reply = HopReply(status: "4.3.0", text: "the message cannot be read from the queue now")
            parts.note(.trouble("entry \(message.id): \(error)"))
            return recipients.map { ($0, .deferred(reply)) }
        }
        let results = await open.session.send(outgoing, within: seconds)
        return zip(recipients, results).map { ($0, $1) }
    }

    private func outgoing(
        _ message: QueuedMessage, _ recipients: [RelayRecipient]
    ) async throws(StoreError) -> OutgoingMessage {
        let content = try await QueuedContent.content(of: message, in: parts.store)
        var outgoing = OutgoingMessage(
            from: message.sender, to: recipients.map(\.outgoing), content: content, sign: parts.signer(message))
        let traits = message.envelope.traits
        outgoing.notices = message.envelope.notices
        outgoing.isInternational = traits.contains(.international)
        outgoing.requiresTLS = traits.contains(.requiresTLS)
        outgoing.body = traits.contains(.binary) ? .binary : traits.contains(.eightBit) ? .eightBit : .sevenBit
        return outgoing
    }

    /// The first address of the first host that takes us; what has failed a moment ago is tried last.
    private func connect(_ hops: [NextHop], for job: RelayJob, _ time: JobTime) async -> Result<OpenHop, HopFailure> {
        let places = memory.sorted(hops.flatMap { hop in hop.addresses.map { Place(hop: hop, address: $0) } })
        var failure = HopFailure(.connect, HopReply(status: "4.4.1", text: "there is no address to connect to"))
        for (index, place) in places.enumerated() where time.left > 0 {
            var settings = parts.talk
            settings.longestSeconds = time.left
            if index + 1 < places.count {
                settings.connectSeconds = min(settings.connectSeconds, parts.plan.impatientSeconds)
            }
            do {
                let session = try await HopSession.open(place.hop, address: place.address, settings: settings)
                memory.succeeded(place)
                let fault = await session.tls == nil ? TLSFault.startTLSNotSupported : nil
                count(job, place, session.tlsFault ?? fault)
                if place.hop.laneKey == lane { await scheduler.answered(lane) }
                return .success(OpenHop(hop: place.hop, session: session))
            } catch {
                memory.failed(place)
                if let fault = error.tlsFault { count(job, place, fault) }
                if !failure.isDemand { failure = error }
            }
        }
        return .failure(failure)
    }

    /// For reports about TLS (RFC 8460). What asks for no TLS counts for nothing, and a report that is counted would be answered by
    /// another one each day.
    private func count(_ job: RelayJob, _ place: Place, _ fault: TLSFault?) {
        guard let book = parts.tlsReports?.book, !job.message.envelope.traits.contains(.tlsOptional) else { return }
        for domain in Set(job.recipients.compactMap { $0.destination.domain.flatMap(DomainName.key(of:)) }) {
            book.note(domain, place.hop, at: place.address, fault: fault)
        }
    }
}

/// How long one message may keep a worker from the others: over however many connections.
private struct JobTime {
    private let seconds: Int
    private let end: ContinuousClock.Instant

    init(_ seconds: Int) {
        self.seconds = seconds
        end = .now + .seconds(seconds)
    }

    var left: Int { (end - .now).wholeSeconds }

    /// Why nothing more is tried.
    var words: String {
        left > 0 ? "the connection was lost again and again" : "no host had taken the message after \(seconds) s"
    }
}

/// A connection and the hop it was made for.
struct OpenHop {
    let hop: NextHop
    let session: HopSession
    /// Messages that were given to it.
    var sent = 0
}

/// One address of one host.
struct Place: Hashable {
    let hop: NextHop
    let address: IPAddress
}

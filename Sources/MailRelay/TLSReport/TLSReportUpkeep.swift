import Glibc
internal import MailCrypto
package import MailDial
package import MailDomainAuth
package import MailMessage
package import MailStore

/// Keeps the counts about TLS on the disk, and puts reports about days that are over into the queue (RFC 8460).
package struct TLSReportUpkeep: Sendable {
    static let savePause = Duration.seconds(60)
    /// Between two looks at which days are over.
    static let sendPause: EpochSeconds = 3_600
    /// Servers send at different hours after midnight.
    static let longestDelay: UInt64 = 4 * 3_600

    let book: TLSReportBook
    private let reporter: TLSReporter
    private let store: MailStore
    private let keys: DKIMKeyring
    private let keyFolder: DKIMKeyFolder
    private let contact: EmailAddress?

    /// `contact`: whom reports come from; nil: the postmaster of the first domain with a key that signs.
    package init(
        book: TLSReportBook, store: MailStore, keys: DKIMKeyring, names: NameService, trust: TLSTrust,
        serverName: String, contact: EmailAddress?
    ) {
        self.book = book
        self.store = store
        self.keys = keys
        self.contact = contact
        keyFolder = DKIMKeyFolder(store: store.path)
        reporter = TLSReporter(
            book: book, names: names, post: TLSReportPost(names: names, trust: trust),
            delay: Self.delay(of: serverName))
    }

    /// The same at each start, so that a restart puts off nothing.
    static func delay(of serverName: String) -> Int64 {
        let number = MailCrypto.sha256(Array(serverName.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(number % longestDelay)
    }

    /// Before anything is counted.
    func begin() async { await BlockingThread.run { book.begin() } }

    /// Until it is cancelled; then what was counted is on the disk.
    func run(_ note: @escaping @Sendable (RelayNote) -> Void) async {
        var nextSend: EpochSeconds = 0
        while !Task.isCancelled {
            let now = store.directory.clock()
            if now >= nextSend {
                nextSend = now + Self.sendPause
                do { try await send(at: now, note) } catch is CancellationError {
                } catch { note(.trouble("reports about TLS: \(error)")) }
            }
            try? await Task.sleep(for: Self.savePause)
            await BlockingThread.run { book.save() }
        }
    }

    private func send(at now: EpochSeconds, _ note: @Sendable (RelayNote) -> Void) async throws {
        guard let sender = await sender() else {
            // Days that nobody will be told of do not pile up.
            _ = await BlockingThread.run { book.finishedDays() }
            return
        }
        try await reporter.send(at: now, from: (sender.description, sender.domainKey)) { report in
            for place in report.posted { note(.tlsReported(domain: report.domain, to: place)) }
            let recipients = try await recipients(report.recipients)
            guard !recipients.isEmpty else { return }
            let queued = try await store.queue.enqueue(submission(report, to: recipients, at: now))
            let arrival = TrailArrival(
                sender: "", origin: .system, size: Int64(report.message.count), messageID: "<\(report.id)>",
                recipients: recipients.count)
            store.trail.note(TrailEvent(trailID(report), .accepted(arrival), queue: queued))
            note(.tlsReported(domain: report.domain, to: report.recipients.joined(separator: ",")))
        }
    }

    /// nil without a key: an unsigned report is nobody's, and receivers throw it away (RFC 8460 §3).
    private func sender() async -> EmailAddress? {
        await BlockingThread.run {
            if let contact { return keys.keys(for: contact.domainKey).isEmpty ? nil : contact }
            let domain = keyFolder.domains().first { domain in
                keys.keys(for: domain).contains { $0.domain == domain }
            }
            return domain.flatMap { EmailAddress(local: "postmaster", domain: $0) }
        }
    }

    /// Those of this server are accounts.
    private func recipients(_ addresses: [String]) async throws(StoreError) -> [QueueRecipient] {
        var recipients: [QueueRecipient] = []
        for address in addresses.compactMap({ EmailAddress($0) }) {
            switch try await store.directory.resolve(address) {
            case .notLocal: recipients.append(QueueRecipient(destination: .remote(address), address: address))
            case .accounts(let accounts):
                recipients += accounts.map { QueueRecipient(destination: .account($0.id), address: address) }
            case .unknown, .suspended, .loop, .unavailable: break
            }
        }
        return recipients
    }

    /// RFC 8460 §3: that TLS fails must not keep the word of it from arriving (RFC 8689 §3).
    private func submission(
        _ report: TLSReporter.Outgoing, to recipients: [QueueRecipient], at now: EpochSeconds
    ) -> QueueSubmission {
        var envelope = QueueEnvelope(sender: nil, receivedAt: now)
        envelope.origin = .report
        envelope.traits = .tlsOptional
        envelope.trailID = trailID(report)
        envelope.messageID = report.id
        // RFC 5321 §4.4: the line of the last delivery, which is not sent on to other hosts.
        let text = Array("Return-Path: <>\r\n".utf8) + report.message
        return QueueSubmission(StorableMessage(text), envelope, to: recipients)
    }

    private func trailID(_ report: TLSReporter.Outgoing) -> String { "tlsrpt-\(report.id)" }
}

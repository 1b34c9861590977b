internal import MailDial

/// Turns the counts of days that are over into messages for the domains that want them.
struct TLSReporter: Sendable {
    /// For the queue: with an empty return path, so that no report bounces to anybody (RFC 8460 §5.3).
    struct Outgoing: Sendable, Equatable {
        let domain: String
        /// Its Message-ID.
        let id: String
        let recipients: [String]
        let message: [UInt8]
        /// Where the same report has been taken over by HTTPS.
        let posted: [String]
    }

    let book: TLSReportBook
    let names: NameService
    let post: TLSReportPost
    /// So long after the end of a day: whoever gets reports from everywhere shall not get all of them at midnight (RFC 8460 §4.1).
    let delay: Int64

    /// One report after the other, oldest day first. A domain of a day is forgotten once its report was taken, or when it wants
    /// none; it comes again where nobody could say, and where `take` throws, which ends all. `contact`: whom reports come from, and
    /// whom to write to about them; its domain is whose reports they are.
    func send(at now: Int64, from contact: (address: String, domain: String), _ take: (Outgoing) async throws -> Void)
        async throws
    {
        for (number, day) in await days() {
            var rest = day
            do {
                for (domain, policies) in day.domains.sorted(by: { $0.key < $1.key }) {
                    try Task.checkCancellation()
                    let report = TLSReport(
                        domain: domain, submitter: contact.domain, contact: contact.address, day: number,
                        policies: policies)
                    if try await send(report, at: now, take) { rest.forget(domain) }
                }
            } catch {
                await keep(rest, number)
                throw error
            }
            await keep(rest, number)
        }
    }

    /// Everywhere the domain names; a web server that does not take it is asked again only where there is no mail for it. False: again.
    private func send(_ report: TLSReport, at now: Int64, _ take: (Outgoing) async throws -> Void) async throws -> Bool
    {
        guard let places = await places(of: report.domain) else { return false }
        guard !places.isEmpty else { return true }
        var posted: [String] = []
        for place in places.web where await post.send(report, to: place) { posted.append(place.description) }
        guard !posted.isEmpty || !places.mail.isEmpty else { return false }
        let message = places.mail.isEmpty ? [] : report.message(to: places.mail, from: report.contact, at: now)
        try await take(
            Outgoing(
                domain: report.domain, id: report.id, recipients: places.mail, message: message, posted: posted))
        return true
    }

    private func days() async -> [(number: Int64, day: TLSReportDay)] {
        await BlockingThread.run { book.finishedDays(after: delay) }
    }

    private func keep(_ rest: TLSReportDay, _ number: Int64) async {
        await BlockingThread.run { book.keep(rest, number) }
    }

    /// nil when nobody could say.
    private func places(of domain: String) async -> TLSReportAddress? {
        let answer = await names.lookup(.txt, "_smtp._tls.\(domain)")
        if case .failed = answer { return nil }
        let texts = answer.records.compactMap { record -> String? in
            guard case .text(let text) = record else { return nil }
            return text
        }
        return TLSReportAddress(texts)
    }
}

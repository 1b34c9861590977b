package import MailDomainAuth

/// Judges who sent a message that comes from outside: SPF, DKIM, DMARC, ARC.
package struct SenderJudge: Sendable {
    /// For all questions about one message, twice: while it comes in, and behind its end, where the client waits ten minutes for an
    /// answer (RFC 5321 §4.5.3.2.6). RFC 7208 §4.6.4 wants at least 20 seconds.
    package static let patience = Duration.seconds(20)

    package let policy: SenderPolicy
    private let unlimited: any DomainRecords
    let suffixes: PublicSuffixList?

    /// Without a list, DNS is asked what an organisation is.
    package init(_ policy: SenderPolicy, _ records: any DomainRecords, suffixes: PublicSuffixList?) {
        self.policy = policy
        unlimited = records
        self.suffixes = suffixes.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// DNS for one step of a judgement.
    func records() -> TimedRecords { TimedRecords(unlimited, patience: Self.patience) }

    /// At MAIL FROM, or at DATA at the latest: DNS is asked while the message comes in. `now` are seconds since 1970.
    package func begin(_ sender: SPFSender, now: Int) -> SenderCheck { SenderCheck(self, sender, now: now) }
}

/// One message under judgement: it goes in as it was received, before anything is put on top.
package struct SenderCheck: Sendable {
    private let judge: SenderJudge
    private let sender: SPFSender
    private let now: Int
    private let spf: Task<SPFResult, Never>?
    private var message = SignedMessage()

    init(_ judge: SenderJudge, _ sender: SPFSender, now: Int) {
        (self.judge, self.sender, self.now) = (judge, sender, now)
        let checker = SPFChecker(judge.records(), receiver: judge.policy.authservID, now: now)
        spf = judge.policy.needsSPF ? Task { await checker.check(sender) } : nil
    }

    /// Whether the sending computer may use the sender's domain; false as well where nobody asks, or an answer takes too long.
    func passesSPF(within patience: Duration) async -> Bool {
        guard let spf else { return false }
        return await MailFilter.within(patience) { await spf.value.result == .pass } ?? false
    }

    package mutating func consume(_ bytes: UnsafeRawBufferPointer) { message.consume(bytes) }

    package mutating func consume(_ bytes: [UInt8]) { message.consume(bytes) }

    /// The message is over. `draw`, 0 to 99, decides about DMARC's percentages.
    package mutating func finish(draw: Int = Int.random(in: 0..<100)) async -> SenderJudgement {
        message.finish()
        let (policy, records) = (judge.policy, judge.records())
        var judgement = SenderJudgement(authservID: policy.authservID)
        judgement.authors = message.header.flatMap { AuthorDomains.of($0.header) }
        judgement.spf = await spf?.value
        if policy.needsDKIM { judgement.dkim = await DKIMVerifier(records, now: now).results(of: message) }
        if policy.dmarc != .off, let spf = judgement.spf {
            judgement.dmarc = await DMARCChecker(records, suffixes: judge.suffixes).check(
                authors: judgement.authors, spf: spf, dkim: judgement.dkim ?? [], draw: draw)
        }
        if policy.checksARC { judgement.arc = await ARCVerifier(records).result(of: message) }
        tell(&judgement)
        SenderVerdict(policy: policy).decide(&judgement)
        return judgement
    }

    private func tell(_ judgement: inout SenderJudgement) {
        if let spf = judgement.spf { judgement.results.add(spf, sender) }
        if let dkim = judgement.dkim { judgement.results.add(dkim) }
        if let dmarc = judgement.dmarc { judgement.results.add(dmarc) }
        if let arc = judgement.arc { judgement.results.add(arc) }
    }
}

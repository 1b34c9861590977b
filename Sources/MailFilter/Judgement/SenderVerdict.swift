internal import MailDomainAuth

/// From results to what becomes of the message.
struct SenderVerdict {
    /// Of what a domain's owner says for itself.
    static let longestText = 300

    let policy: SenderPolicy

    func decide(_ judgement: inout SenderJudgement) {
        let verdict = dmarcVerdict(judgement) ?? spfVerdict(judgement) ?? .accept
        guard verdict != .accept, let author = judgement.dmarc?.domain, let arc = judgement.arc,
            arc.vouches(for: author, trusted: policy.trustedSealers)
        else {
            judgement.verdict = verdict
            return
        }
        judgement.mercy = "\(arc.sealers.last ?? "") is trusted and saw the mail pass DMARC"
    }

    private func dmarcVerdict(_ judgement: SenderJudgement) -> FilterVerdict? {
        guard policy.dmarc == .obey, let dmarc = judgement.dmarc else { return nil }
        // SPF may have failed on the way through a forwarder: a signature tells more.
        if dmarc.result == .pass { return .accept }
        if dmarc.result == .temperror, dmarc.policy != .none {
            return .deferred(
                code: 451, status: "4.7.0",
                text: "The records of \(dmarc.domain) cannot be read now, and its DMARC policy asks for them")
        }
        switch dmarc.disposition {
        case .none: return nil
        case .quarantine: return .junk(reason: "not proven to be from \(dmarc.domain) (DMARC)")
        case .reject:
            return .refused(
                code: 550, status: "5.7.1",
                text: "Mail from \(dmarc.domain) must pass DMARC by the wish of its owner, and this does not")
        }
    }

    // RFC 7372 §3.2
    private func spfVerdict(_ judgement: SenderJudgement) -> FilterVerdict? {
        guard policy.spf == .obey, let spf = judgement.spf, spf.result == .fail else { return nil }
        let words = spf.explanation.map { ": \(spf.domain) explains: \($0)" } ?? ""
        let text = "SPF: this computer may not send for \(spf.domain)" + words
        return .refused(code: 550, status: "5.7.23", text: String(text.prefix(Self.longestText)))
    }
}

import Glibc
import MailDomainAuth
import MailMessage
import MailNetwork
import MailStore

/// What the gate asks about senders: of strangers alone, and not of this machine's own programs.
extension InboundGate {
    func makeCheck(_ visitor: GateVisitor, _ sender: EmailAddress?) -> SenderCheck? {
        guard visitor.isStranger, !visitor.peer.ip.isLoopback, let judge = services.judge else { return nil }
        let identity = SPFSender(address: visitor.peer.ip, helo: visitor.hello, mailFrom: sender)
        return judge.begin(identity, now: Int(time(nil)))
    }

    /// Who may use his domain (SPF) is known by it, from whichever of his machines he comes again.
    func standing(of sender: EmailAddress) async -> GreylistStanding {
        let domain = sender.domainKey
        guard let check, await check.passesSPF(within: GreylistStanding.patience) else { return .unknown }
        let isExempt = services.plan.greylistExempt.contains { domain == $0 || domain.hasSuffix("." + $0) }
        return isExempt ? .exempt : .proven(domain: domain)
    }

    func judge(_ draft: inout MessageDraft) async throws(StoreError) -> SenderJudgement? {
        guard var check else { return nil }
        self.check = nil
        return try await draft.judge(by: &check)
    }
}

extension FilterVerdict {
    /// The message goes no further.
    var endsMail: Bool {
        switch self {
        case .deferred, .refused, .discard: true
        case .accept, .junk, .quarantine: false
        }
    }
}

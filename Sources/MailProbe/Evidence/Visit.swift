internal import MailDial
internal import MailNetwork

/// One endpoint at one address, and how it is looked at: what every further connection there starts from.
struct Visit: Sendable {
    let endpoint: Endpoint
    let peer: PeerAddress
    let plan: ProbePlan
    let deadline: Deadline

    var offer: TLSOffer { plan.offer(for: endpoint) }

    /// So long as one step may last, within the run's time.
    func step(_ milliseconds: Int) -> Deadline { deadline.within(milliseconds: milliseconds) }
}

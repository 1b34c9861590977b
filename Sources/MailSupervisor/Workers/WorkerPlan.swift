/// The seats of one configuration.
package struct WorkerPlan: Sendable, Equatable {
    /// Three generations of so many and of the other roles still find a slot each (`WorkerTable.slots`).
    package static let mostIMAPWorkers = 16

    package let seats: [WorkerSeat]

    /// Two are always there: the smtp worker, which alone does the housekeeping, and the relay, which alone takes mail out of
    /// the queue.
    /// `imapWorkers` of 0 means one per core.
    package init(
        services: Set<String>, imapWorkers: Int, cores: Int, hasMonitor: Bool = false, hasIdentity: Bool = false
    ) {
        let wanted = imapWorkers == 0 ? cores : imapWorkers
        let imap = WorkerRole.imap.services.contains(where: services.contains)
        let pop3 = WorkerRole.pop3.services.contains(where: services.contains)
        let web = WorkerRole.web.services.contains(where: services.contains)
        let count = imap ? min(max(1, wanted), Self.mostIMAPWorkers) : 0
        seats =
            [WorkerSeat(.smtp), WorkerSeat(.relay)] + (0..<count).map { WorkerSeat(.imap, $0 + 1) }
            + (pop3 ? [WorkerSeat(.pop3)] : []) + (web ? [WorkerSeat(.web)] : [])
            + (hasMonitor ? [WorkerSeat(.monitor)] : [])
            + (hasIdentity ? [WorkerSeat(.identity)] : [])
    }
}

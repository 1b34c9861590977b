/// What goes up and down. Only the gauges of slots whose worker lives count.
package enum Gauge: Int, CaseIterable, Sendable {
    case role, pid, startedAt
    /// Seconds of the monotonic clock at the worker's last sign of life.
    case beatAt
    case residentBytes, descriptors, descriptorLimit, cpuMicroseconds
    case databasesOpen
    /// The queue, as the worker that runs it last saw it; the oldest in seconds since 1970, 0 when there is none.
    case queueMessages, queueRecipients, queueOldestAt
    /// 0 not tried yet, 1 refused, 2 written.
    case storeWritable
    case diskFree, diskTotal, diskFloor
    /// Seconds since 1970; 0 when there is no certificate.
    case certificateEndsAt

    enum Sum: Sendable { case sum, largest, smallest, perWorker }

    /// How the values of several workers make one.
    var sum: Sum {
        switch self {
        case .databasesOpen: .sum
        case .queueMessages, .queueRecipients, .diskFloor, .diskTotal: .largest
        // What not every worker has looked at is zero there.
        case .queueOldestAt, .storeWritable, .diskFree, .certificateEndsAt: .smallest
        case .role, .pid, .startedAt, .beatAt, .residentBytes, .descriptors, .descriptorLimit, .cpuMicroseconds:
            .perWorker
        }
    }

    /// nil for what is not exported under its own name.
    var family: MetricFamily? {
        switch self {
        case .role, .pid, .beatAt: nil
        case .startedAt: .workerStarted
        case .residentBytes: .workerMemory
        case .descriptors: .workerDescriptors
        case .descriptorLimit: .workerDescriptorLimit
        case .cpuMicroseconds: .workerCPU
        case .databasesOpen: .databasesOpen
        case .queueMessages: .queueMessages
        case .queueRecipients: .queueRecipients
        case .queueOldestAt: .queueOldest
        case .storeWritable: .storeWritable
        case .diskFree: .diskFree
        case .diskTotal: .diskTotal
        case .diskFloor: .diskFloor
        case .certificateEndsAt: .certificateEnd
        }
    }
}

/// What a worker is there for. `all`: a server of one process.
package enum MetricRole: Int, CaseIterable, Sendable {
    case smtp = 1
    case imap, pop3, monitor, all, relay, web

    package init?(named name: String) {
        guard let found = Self.allCases.first(where: { "\($0)" == name }) else { return nil }
        self = found
    }
}

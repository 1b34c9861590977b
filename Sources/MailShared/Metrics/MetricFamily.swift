/// What is exported under one name, with its sentence for people. Durations are seconds, as Prometheus has them.
package enum MetricFamily: String, CaseIterable, Sendable {
    case sessions = "posthus_sessions_total"
    case sessionsOpen = "posthus_sessions_open"
    case sessionSeconds = "posthus_session_seconds"
    case bytesIn = "posthus_bytes_in_total"
    case bytesOut = "posthus_bytes_out_total"
    case refusals = "posthus_connections_refused_total"
    case acceptFailures = "posthus_accept_failures_total"
    case handshakes = "posthus_tls_handshakes_total"
    case resumed = "posthus_tls_resumed_total"
    case handshakeFailures = "posthus_tls_failures_total"
    case handshakeSeconds = "posthus_tls_handshake_seconds"
    case logins = "posthus_logins_total"
    case loginSeconds = "posthus_login_seconds"
    case commandSeconds = "posthus_command_seconds"
    case deliveries = "posthus_deliveries_total"
    case deliverySeconds = "posthus_delivery_seconds"
    case queueAttempts = "posthus_queue_attempts_total"
    case queueMessages = "posthus_queue_messages"
    case queueRecipients = "posthus_queue_recipients"
    case queueOldest = "posthus_queue_oldest_seconds"
    case limits = "posthus_limits_total"
    case caches = "posthus_cache_lookups_total"
    case storeWrites = "posthus_store_writes_total"
    case storeFailures = "posthus_store_failures_total"
    case commitSeconds = "posthus_store_commit_seconds"
    case syncSeconds = "posthus_store_sync_seconds"
    case databasesOpen = "posthus_store_databases_open"
    case storeWritable = "posthus_store_writable"
    case diskFree = "posthus_disk_free_bytes"
    case diskTotal = "posthus_disk_total_bytes"
    case diskFloor = "posthus_disk_floor_bytes"
    case certificateEnd = "posthus_certificate_expires_timestamp_seconds"
    case workerUp = "posthus_worker_up"
    case workerStarted = "posthus_worker_start_timestamp_seconds"
    case workerMemory = "posthus_worker_resident_bytes"
    case workerDescriptors = "posthus_worker_descriptors"
    case workerDescriptorLimit = "posthus_worker_descriptors_limit"
    case workerCPU = "posthus_worker_cpu_seconds"
    case loopLag = "posthus_event_loop_lag_seconds"

    package enum Kind: String, Sendable { case counter, gauge, histogram }

    package var help: String {
        switch self {
        case .sessions: "Conversations begun, by service."
        case .sessionsOpen: "Conversations going on, by service."
        case .sessionSeconds: "How long conversations lasted."
        case .bytesIn: "Octets read from clients, without TLS, by service."
        case .bytesOut: "Octets written to clients, without TLS, by service."
        case .refusals: "Connections turned away before their session, by reason."
        case .acceptFailures: "Times that accept(2) failed."
        case .handshakes: "TLS handshakes that succeeded, by version."
        case .resumed: "TLS handshakes that resumed a session."
        case .handshakeFailures: "TLS handshakes that failed."
        case .handshakeSeconds: "Time from the first octet of a TLS handshake to its end."
        case .logins: "Attempts to log in, by result."
        case .loginSeconds: "Time to decide on a login, the wait after a failure left out."
        case .commandSeconds: "Time from a command to its answer, by protocol and command."
        case .deliveries: "Messages received for our accounts, by result for the message."
        case .deliverySeconds: "Time from a message's last octet to the answer, all syncs included."
        case .queueAttempts: "Attempts to deliver what waits in the queue, by result."
        case .queueMessages: "Messages in the queue."
        case .queueRecipients: "Recipients that wait in the queue."
        case .queueOldest: "Age of the oldest message in the queue."
        case .limits: "Times that a limit was hit, by limit."
        case .caches: "Look-ups in caches, by cache and result."
        case .storeWrites: "Writes asked of the store; those that wait together share a commit."
        case .storeFailures: "Requests that the store failed, by cause."
        case .commitSeconds: "Time of a database's COMMIT, its sync included."
        case .syncSeconds: "Time of a sync of a file or folder outside the databases."
        case .databasesOpen: "Databases of accounts that are open."
        case .storeWritable: "1 when the last trial write in the store succeeded."
        case .diskFree: "Room left in the store's file system for the server."
        case .diskTotal: "Size of the store's file system."
        case .diskFloor: "Below this much room mail is deferred."
        case .certificateEnd: "When the first of the certificates in use ends."
        case .workerUp: "1 for each worker that lives."
        case .workerStarted: "When the worker was started."
        case .workerMemory: "Resident memory of the worker."
        case .workerDescriptors: "Open file descriptors of the worker."
        case .workerDescriptorLimit: "Open file descriptors the worker may have."
        case .workerCPU: "Processor time the worker has used."
        case .loopLag: "How much later than asked an event loop ran a timer."
        }
    }

    package var kind: Kind {
        switch self {
        case .sessionSeconds, .handshakeSeconds, .loginSeconds, .commandSeconds, .deliverySeconds, .commitSeconds,
            .syncSeconds, .loopLag:
            .histogram
        case _ where rawValue.hasSuffix("_total"): .counter
        default: .gauge
        }
    }
}

/// One line of a family: its name and at most two labels.
package struct MetricSeries: Sendable, Equatable {
    package let family: MetricFamily
    package let labels: [MetricLabel]

    init(_ family: MetricFamily, _ labels: [MetricLabel] = []) {
        self.family = family
        self.labels = labels
    }

    init(_ family: MetricFamily, _ name: String, _ value: String) {
        self.init(family, [MetricLabel(name: name, value: value)])
    }
}

package struct MetricLabel: Sendable, Equatable {
    package let name: String
    package let value: String
}

package import MailMessage
internal import Synchronization

/// `greylist.db`: who has brought mail from whom to whom before.
///
/// A database of its own: it is written for each stranger's RCPT, and nothing is lost with it but some waiting, so its commits
/// ask for no sync; the directory's do, and everybody's knowledge of the directory ends with each.
package final class Greylist: Sendable {
    /// So many new rows go in between two looks at how many there are.
    static let sweepEvery = 1_000

    let lane: DatabaseLane
    private let policy: GreylistPolicy
    private let clock: @Sendable () -> EpochSeconds
    private let fresh = Atomic<Int>(0)

    /// Nothing is opened before the first use.
    package init(
        at path: String, threads: StoreThreads, policy: GreylistPolicy = GreylistPolicy(),
        clock: @escaping @Sendable () -> EpochSeconds
    ) {
        self.policy = policy
        self.clock = clock
        lane = DatabaseLane(threads: threads) {
            if !StoreFolder.exists(path) { _ = try? FileHandle.create(path) }
            return try SQLConnection.open(path, schema: GreylistSchema.schema)
        }
    }

    /// `network`: the client's, wide enough for a sender with several machines. Throws when nobody knows: let it pass then.
    package func decide(
        network: String, sender: String, recipient: String
    ) async throws(StoreError) -> GreylistDecision {
        let client = Self.key([network])
        let triplet = Self.key([network, sender.lowercased(), recipient.lowercased()])
        let (decision, isNew) = try await lane.write(isRelaxed: true) { [clock, policy] database, _ in
            try GreylistWriter(database, policy, now: clock()).decide(client: client, triplet: triplet)
        }
        if isNew { try await sweepSometimes() }
        return decision
    }

    /// Takes away what has expired, and the oldest of what is too much.
    package func sweep() async throws(StoreError) {
        try await lane.write(isRelaxed: true) { [clock, policy] database, _ in
            try GreylistWriter(database, policy, now: clock()).sweep()
        }
    }

    package func close() async { await lane.close() }

    private func sweepSometimes() async throws(StoreError) {
        if fresh.add(1, ordering: .relaxed).newValue % Self.sweepEvery == 0 { try await sweep() }
    }

    /// No part can hold a zero octet.
    private static func key(_ parts: [String]) -> Int64 {
        Int64(bitPattern: ContentDigest.of(Array(parts.joined(separator: "\0").utf8)))
    }
}

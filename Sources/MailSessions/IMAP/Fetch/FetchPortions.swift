import MailMessage
import MailStore
import MailTransport

/// A long list cut into trips to the store before any of them is made, so that two can be made at once. Pure.
struct FetchPortions: Sendable {
    /// Fewer messages are not worth a second connection.
    static let worthPortions = 2_048

    let stream: FetchPlan.Stream
    private let set: UIDSet
    private let size: Int
    private let count: Int
    private var next = 0

    /// Nil where one trip after the other is as good, or has to be.
    init?(_ set: UIDSet, of view: UIDRuns, _ plan: FetchPlan) {
        guard let stream = plan.stream, view.count >= Self.worthPortions else { return nil }
        self.stream = stream
        self.set = view.intersection(set)
        count = self.set.span
        size = stream.portion
        guard count >= Self.worthPortions else { return nil }
    }

    /// What has not been handed out.
    var rest: UIDSet { self.set.members(min(next, count)..<count) }

    mutating func pair() -> [UIDSet] { [portion(), portion()].compactMap { $0 } }

    private mutating func portion() -> UIDSet? {
        guard next < count else { return nil }
        defer { next += size }
        return set.members(next..<min(count, next + size))
    }
}

extension FetchPlan.Stream {
    /// Messages of one trip: mostly they fit into a batch.
    fileprivate var portion: Int {
        switch self {
        case .flags: 4_096
        case .rows: 2_048
        case .facts: 256
        }
    }
}

extension IMAPSession {
    /// The store reads two portions, each on a connection of its own, while the two before them are being sent. Returns how
    /// many messages there were.
    func answerAhead(_ reader: FetchReader, _ portions: FetchPortions, _ door: MailboxDoor) async throws -> Int {
        var (portions, found) = (portions, 0)
        var batches = try await Self.read(portions.pair(), reader, door)
        let (rest, columns) = (batches.isCold ? portions.rest : UIDSet(), portions.stream.columns)
        async let _ = door.account.readAhead(in: door.id, rest, columns)
        while !batches.isEmpty {
            let pair = portions.pair()
            async let ahead = Self.read(pair, reader, door)
            for batch in batches { found += try await sendAll(batch, reader, door) }
            batches = try await ahead
        }
        return found
    }

    private static func read(
        _ pair: [UIDSet], _ reader: FetchReader, _ door: MailboxDoor
    ) async throws -> [FetchBatch] {
        guard let first = pair.first else { return [] }
        guard pair.count > 1, let second = pair.last else {
            return [try await door.read { try reader.read($0, first) }]
        }
        async let other = door.read(beside: true) { try reader.read($0, second) }
        return [try await door.read { try reader.read($0, first) }, try await other]
    }

    /// And what of its portion did not fit in.
    private func sendAll(_ batch: FetchBatch, _ reader: FetchReader, _ door: MailboxDoor) async throws -> Int {
        var (batch, found) = (batch, batch.found)
        _ = try await send(batch, reader.plan)
        while !batch.rest.isEmpty {
            let rest = batch.rest
            batch = try await door.read { try reader.read($0, rest) }
            found += batch.found
            _ = try await send(batch, reader.plan)
        }
        return found
    }
}

extension FetchPlan.Stream {
    fileprivate var columns: ListColumns {
        switch self {
        case .flags, .rows: .flags
        case .facts: .envelopes
        }
    }
}

extension [FetchBatch] {
    fileprivate var isCold: Bool { reduce(0) { $0 + $1.diskReads } > DiskReads.ofAColdList }
}

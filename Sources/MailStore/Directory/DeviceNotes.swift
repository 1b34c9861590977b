internal import MailMessage
internal import Synchronization

/// Which devices have used a mail password, written together: a phone that comes every minute costs a write in a quarter
/// of an hour.
final class DeviceNotes: Sendable {
    /// Long enough for a client to say what it is.
    static let pause = Duration.seconds(10)
    static let quiet: EpochSeconds = 900
    /// What is beyond waits for nobody: it is only lost for the list.
    static let limit = 20_000

    struct Place: Hashable {
        let account: AccountID
        let service: String
        let address: String
    }

    private struct Device: Hashable {
        let place: Place
        let client: String
    }

    private struct State {
        var waiting: [Device: EpochSeconds] = [:]
        /// When each was written last.
        var written: [Device: EpochSeconds] = [:]
        var isScheduled = false
    }

    private let lane: DatabaseLane
    private let state = Mutex(State())

    init(lane: DatabaseLane) { self.lane = lane }

    func note(_ place: Place, client: String, at now: EpochSeconds) {
        let device = Device(place: place, client: client)
        let isFirst = state.withLock { state in
            // Once it has a name, it was never anybody else.
            if !client.isEmpty { state.waiting[Device(place: place, client: "")] = nil }
            let last = state.written[device] ?? .min
            guard last < now - Self.quiet || last > now, state.waiting.count < Self.limit else { return false }
            state.waiting[device] = now
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        guard isFirst else { return }
        Task {
            try? await Task.sleep(for: Self.pause)
            self.state.withLock { $0.isScheduled = false }
            await self.flush()
        }
    }

    func flush() async {
        let batch = state.withLock { state in
            if state.written.count + state.waiting.count > Self.limit { state.written = [:] }
            state.written.merge(state.waiting) { $1 }
            defer { state.waiting = [:] }
            return state.waiting
        }
        guard !batch.isEmpty else { return }
        try? await lane.write(isRelaxed: true) { database, _ in
            for (device, moment) in batch { try Self.write(device, moment, database) }
            for account in Set(batch.keys.map(\.place.account)) { try Self.trim(account, database) }
        }
    }

    private static func write(_ device: Device, _ moment: EpochSeconds, _ database: SQLConnection) throws {
        let place = device.place
        if !device.client.isEmpty {
            try database(
                "DELETE FROM recent_device WHERE account_id = $1 AND service = $2 AND address = $3 AND client = ''"
            ).run(place.account, place.service, place.address)
        }
        try database(
            """
            INSERT INTO recent_device (account_id, service, address, client, last_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (account_id, service, address, client) DO UPDATE SET last_at = excluded.last_at
            """
        ).run(place.account, place.service, place.address, device.client, moment)
    }

    private static func trim(_ account: AccountID, _ database: SQLConnection) throws {
        let oldest = try database(
            "SELECT last_at FROM recent_device WHERE account_id = $1 ORDER BY last_at DESC LIMIT 1 OFFSET $2"
        ).number(account, RecentDevice.mostDevices)
        guard let oldest else { return }
        try database("DELETE FROM recent_device WHERE account_id = $1 AND last_at <= $2").run(account, oldest)
    }
}

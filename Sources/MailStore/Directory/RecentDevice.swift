package import MailMessage

/// From where an account's mail password was used lately: what has to hear of a new one.
package struct RecentDevice: Sendable, Hashable {
    /// For each account: whoever has not come for longest gives way.
    static let mostDevices = 20
    static let longestClient = 100
    /// Then it is forgotten.
    static let memory: EpochSeconds = 90 * 86_400

    /// `imap`, `pop3`, `submission` ...
    package let service: String
    package let address: String
    /// What it calls itself (RFC 2971); empty where it does not.
    package let client: String
    /// As far as it was noted: up to a quarter of an hour earlier.
    package let lastAt: EpochSeconds
}

extension DirectoryReader {
    /// Whoever came last comes first.
    package func recentDevices(of id: AccountID) throws -> [RecentDevice] {
        var devices: [RecentDevice] = []
        try database(
            """
            SELECT service, address, client, last_at FROM recent_device WHERE account_id = $1
            ORDER BY last_at DESC, service, address, client
            """
        ).each(id) { row in
            devices.append(
                RecentDevice(service: row.text(0), address: row.text(1), client: row.text(2), lastAt: row.int64(3)))
        }
        return devices
    }
}

extension Directory {
    package func recentDevices(of id: AccountID) async throws(StoreError) -> [RecentDevice] {
        await deviceNotes.flush()
        return try await read { try $0.recentDevices(of: id) }
    }

    /// After a login with the mail password, and again when the client has said what it is. Kept in memory and written
    /// some seconds later, and once in a quarter of an hour; never waits.
    package func noteDevice(of id: AccountID, service: String, from address: String, client: String = "") {
        deviceNotes.note(
            .init(account: id, service: service, address: address),
            client: String(client.prefix(RecentDevice.longestClient)),
            at: clock())
    }
}

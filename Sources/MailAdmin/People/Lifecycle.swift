package import MailMessage
package import MailStore

/// What happens to somebody on a day.
package struct LifecycleLine: Sendable, Equatable {
    package enum State: String, Sendable { case planned, due, done }

    package let at: EpochSeconds
    package let account: EmailAddress
    package let organisation: OrganisationName?
    /// `suspend`, `remove`, or `app password` with the name of what ends.
    package let action: String
    package let state: State
}

extension Administration {
    /// What is planned up to a moment, and what is due; nil: all of it.
    package func lifecycle(until moment: EpochSeconds?) async throws(AdminError) -> [LifecycleLine] {
        let now = clock()
        return try await reading { reader in
            var lines: [LifecycleLine] = []
            for entry in try reader.expiries(through: moment ?? .max) {
                guard let line = LifecycleLine(entry, now: now) else { continue }
                lines.append(line)
            }
            for password in try reader.appPasswords(expiringAfter: now, through: moment ?? .max) {
                guard let entry = try reader.account(password.account), entry.status != .removed,
                    let at = password.expiresAt
                else { continue }
                lines.append(
                    LifecycleLine(
                        at: at, account: entry.address, organisation: entry.organisation,
                        action: "app password \(password.name)", state: .planned))
            }
            return lines.sorted { ($0.at, $0.account.description) < ($1.at, $1.account.description) }
        }
    }

    /// Carries out what is due; what the server's upkeep does once a minute.
    package func runLifecycle() async throws(AdminError) -> [LifecycleLine] {
        do {
            return try await directory.carryOutExpiries(by: actor).map { entry in
                LifecycleLine(
                    at: entry.expiresAt ?? clock(), account: entry.address, organisation: entry.organisation,
                    action: LifecycleLine.action(entry), state: .done)
            }
        } catch {
            throw .store(error)
        }
    }
}

extension LifecycleLine {
    /// nil: its day has come, and all has been done.
    fileprivate init?(_ entry: AccountEntry, now: EpochSeconds) {
        guard let at = entry.expiresAt, at > now || !entry.hasExpired && entry.expiresThen != nil else { return nil }
        self.init(
            at: at, account: entry.address, organisation: entry.organisation, action: Self.action(entry),
            state: at > now ? .planned : .due)
    }

    /// Whose day has come is out, whatever else was decided.
    fileprivate static func action(_ entry: AccountEntry) -> String {
        (entry.expiresThen ?? .suspend).description
    }
}

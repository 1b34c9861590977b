package import MailMessage
import MailNetwork
package import MailStore

extension Administration {
    /// More parties are not listed; those that sent the most are.
    static let mostStandings = 10_000
    /// So long ago held mail is still worth a line.
    static let episodeSeconds: EpochSeconds = 7 * 86_400

    /// An account by any of its names, or a host by its address.
    package func sendingParty(_ name: String) async throws(AdminError) -> SendingParty {
        if let address = IPAddress(name) { return .host(address.description) }
        return .account(try await account(name).id)
    }

    /// Who has sent within a day, has an allowance, or had mail held within a week. With a party: that one.
    package func sendingStandings(of only: SendingParty? = nil) async throws(AdminError) -> [SendingStanding] {
        do {
            let sending = store.sending
            let allowances = try await sending.allowances()
            let episodes = try await sending.episodes(since: clock() - Self.episodeSeconds)
            var parties: [SendingParty] = []
            if let only {
                parties = [only]
            } else {
                parties = try await sending.senders(limit: Self.mostStandings)
                var seen = Set(parties)
                for party in episodes.map(\.party) + allowances.map(\.party) where seen.insert(party).inserted {
                    parties.append(party)
                }
            }
            var found: [SendingStanding] = []
            for party in parties {
                found.append(
                    try await standing(
                        of: party, allowances.first { $0.party == party }, episodes.first { $0.party == party }))
            }
            return found
        } catch { throw AdminError(error) }
    }

    private func standing(
        of party: SendingParty, _ allowance: SendingAllowance?, _ episode: SendingEpisode?
    ) async throws -> SendingStanding {
        let (name, rule) = try await nameAndRule(of: party)
        return SendingStanding(
            party: party, name: name, use: try await store.sending.use(of: party),
            rates: store.sending.rates(of: party, rule).raised(to: allowance?.most), allowance: allowance,
            episode: episode)
    }

    private func nameAndRule(of party: SendingParty) async throws -> (String, SendingRule) {
        switch party {
        case .host(let address): (address, SendingRule())
        case .account(let id):
            try await reading { reader in
                guard let entry = try reader.account(id) else { return ("account \(id)", SendingRule()) }
                return (entry.address.description, try reader.sendingRule(of: entry))
            }
        }
    }

    /// `most`: recipients, and so messages; 0: as many as it likes. In place of what was allowed before.
    package func allowSending(
        _ party: SendingParty, most: Int, until: EpochSeconds?, reason: String
    ) async throws(AdminError) {
        do {
            let before = try await store.sending.allowance(of: party)
            try await store.sending.allow(party, most: most, until: until, by: actor.name, reason: reason)
            let after = SendingAllowance(
                party: party, most: most, until: until, by: actor.name, reason: reason, at: clock())
            try await noteSending("sending allow", party, before?.words ?? "", after.words)
        } catch { throw AdminError(error) }
    }

    /// False when there was none.
    package func revokeSending(_ party: SendingParty) async throws(AdminError) -> Bool {
        do {
            let before = try await store.sending.allowance(of: party)
            guard try await store.sending.revoke(party) else { return false }
            try await noteSending("sending revoke", party, before?.words ?? "", "")
            return true
        } catch { throw AdminError(error) }
    }

    private func noteSending(
        _ action: String, _ party: SendingParty, _ before: String, _ after: String
    ) async throws {
        let object =
            switch party {
            case .account(let id): "account \(id)"
            case .host(let address): "host \(address)"
            }
        try await directory.write(by: actor) { try $0.recordReceipt(action, object, before, after) }
    }
}

extension SendingAllowance {
    /// For the audit trail.
    var words: String {
        let count = most == 0 ? "any number of recipients" : "\(most) recipients"
        let end = until.map { " until \(MailDate(seconds: $0).isoDay)" } ?? ""
        return count + end + (reason.isEmpty ? "" : ": \(reason)")
    }
}

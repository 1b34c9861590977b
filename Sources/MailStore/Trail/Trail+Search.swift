package import MailMessage

extension Trail {
    /// Looked at for one page at most; a search that finds little goes on from there.
    static let mostCandidates = 20_000
    private static let step = 200

    /// Up to `limit` messages, the newest first. What this process has noted is there; what others noted, a moment later.
    package func search(
        _ filter: TrailFilter, below place: TrailPlace = .end, limit: Int
    ) async throws(StoreError) -> TrailPage {
        await flush()
        return try await lane.read(beside: true) { database in
            try Self.page(TrailReader(database), filter, below: place, limit: max(1, limit))
        }
    }

    private static func page(
        _ reader: TrailReader, _ filter: TrailFilter, below start: TrailPlace, limit: Int
    ) throws -> TrailPage {
        var (place, looked) = (start, 0)
        var stories: [TrailStory] = []
        while looked < mostCandidates {
            let found = try reader.candidates(filter, below: place, limit: step)
            for candidate in found {
                let story = try reader.story(candidate.id, foundAt: candidate.at)
                if filter.admits(story) { stories.append(story) }
                if stories.count == limit { return TrailPage(stories: stories, next: candidate) }
            }
            guard found.count == step, let last = found.last else { return TrailPage(stories: stories, next: nil) }
            (place, looked) = (last, looked + found.count)
        }
        return TrailPage(stories: stories, next: place)
    }

    /// How many events could not be written since then: what a search does not find may have been among them.
    package func lost(since moment: EpochSeconds) async throws(StoreError) -> Int {
        try await lane.read { database in
            let count = try database("SELECT sum(until) FROM trail_event WHERE id = '' AND kind = $1 AND at >= $2")
                .number(TrailKind.lost.rawValue, moment)
            return Int(clamping: count ?? 0)
        }
    }

    /// Accounts that a message with this header field was delivered to.
    package func accounts(holding messageID: String) async throws(StoreError) -> [AccountID] {
        await flush()
        return try await lane.read { database in
            var found: [AccountID] = []
            try database(
                """
                SELECT DISTINCT account_id FROM trail_event WHERE kind IN (2, 3) AND account_id > 0
                  AND id IN (SELECT id FROM trail_message WHERE message_id = $1) ORDER BY account_id
                """
            ).each(TrailReader.headerForm(messageID)) { found.append(AccountID($0.int64(0))) }
            return found
        }
    }
}

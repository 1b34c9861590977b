package import MailMessage

extension Directory {
    /// Of one account in one period: who floods it makes it answer no more than that.
    static let mostAnswers = 1_000

    /// Nil where nothing is answered now. Not from memory: only accounts with `isAway` are asked about.
    package func vacation(of id: AccountID) async throws(StoreError) -> Vacation? {
        try await read { [clock] reader in
            guard let vacation = try reader.vacation(of: id), vacation.answers(at: clock()) else { return nil }
            return vacation
        }
    }

    /// False for whoever has had an answer in so many days, and when there have been too many. Else it is noted that he
    /// has. Not synced: a power cut may answer somebody twice.
    package func noteAnswer(of id: AccountID, to sender: EmailAddress, days: Int) async throws(StoreError) -> Bool {
        let (now, key) = (clock(), Self.answerKey(sender))
        return try await lane.write(isRelaxed: true) { database, _ in
            try database("DELETE FROM vacation_answer WHERE account_id = $1 AND (at <= $2 OR at > $3)")
                .run(id, now - EpochSeconds(days) * 86_400, now)
            let count = try database("SELECT count(*) FROM vacation_answer WHERE account_id = $1").number(id) ?? 0
            guard count < Int64(Self.mostAnswers) else { return false }
            return try database(
                """
                INSERT INTO vacation_answer (account_id, sender, at) VALUES ($1, $2, $3)
                ON CONFLICT (account_id, sender) DO NOTHING
                """
            ).run(id, key, now) > 0
        }
    }

    private static func answerKey(_ sender: EmailAddress) -> Int64 {
        Int64(bitPattern: ContentDigest.of(Array(AddressKey(sender).text.utf8)))
    }
}

package import MailMessage

/// What whoever writes to an account is told while its owner is away (RFC 5230).
package struct Vacation: Sendable, Equatable {
    /// Of the text, in octets.
    package static let longestText = 8_192
    /// Once a sender in so many days (RFC 5230 §4.1 wants more than one, and at least 30 to be possible).
    package static let dayChoices = 1...30
    package static let standardDays = 7

    package var isOn: Bool
    /// Nil: since it was switched on.
    package var from: EpochSeconds?
    /// The first moment without answers; nil: until it is switched off.
    package var until: EpochSeconds?
    package var days: Int
    /// Empty: the sender's own with "Auto: " before it (RFC 5230 §4.4).
    package var subject: String
    package var text: String

    package init(
        isOn: Bool = true, from: EpochSeconds? = nil, until: EpochSeconds? = nil, days: Int = standardDays,
        subject: String = "", text: String
    ) {
        self.isOn = isOn
        self.from = from
        self.until = until
        self.days = days
        self.subject = subject
        self.text = text
    }

    package func answers(at now: EpochSeconds) -> Bool {
        isOn && now >= from ?? .min && now < until ?? .max
    }

    /// As it is stored; throws for what nobody should be sent.
    func checked() throws -> Vacation {
        var checked = self
        checked.subject = try DirectoryText.checked(subject, "the subject")
        checked.text = try Self.checked(text)
        guard Self.dayChoices.contains(days) else {
            throw StoreError.invalid("an answer every \(days) days: between 1 and 30")
        }
        guard until ?? .max > from ?? .min else { throw StoreError.invalid("it ends before it begins") }
        return checked
    }

    private static func checked(_ text: String) throws -> String {
        let lines = try DirectoryText.lines(text, atMost: longestText, "the text")
        guard lines.contains(where: { !$0.isWhitespace }) else { throw StoreError.invalid("the text is empty") }
        return lines
    }
}

extension DirectoryReader {
    /// Nil where there never was one.
    package func vacation(of id: AccountID) throws -> Vacation? {
        try database(
            """
            SELECT a.is_away, v.from_at, v.until_at, v.days, v.subject, v.body FROM vacation v
              JOIN account a ON a.id = v.account_id WHERE v.account_id = $1
            """
        ).first(id) { row in
            Vacation(
                isOn: row.bool(0), from: Self.moment(row.int64(1)), until: Self.moment(row.int64(2)),
                days: row.int(3), subject: row.text(4), text: row.text(5))
        }
    }

    /// Whether mail to an address reaches this account and nobody else: its own, an alias of its own, or one with a tag.
    package func isOwn(_ address: EmailAddress, of id: AccountID) throws -> Bool {
        try soleAccount(behind: AddressKey(address), tags: true) == id
    }
}

extension DirectoryTransaction {
    /// Another text is news to everybody (RFC 5230 §4.2). True when it was a change.
    @discardableResult
    package func setVacation(_ wanted: Vacation, of id: AccountID) throws -> Bool {
        _ = try liveAccount(id)
        let (before, vacation) = (try vacation(of: id), try wanted.checked())
        guard before != vacation else { return false }
        try database("UPDATE account SET is_away = $1 WHERE id = $2").run(vacation.isOn, id)
        try database(
            """
            INSERT INTO vacation (account_id, from_at, until_at, days, subject, body) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (account_id) DO UPDATE SET from_at = excluded.from_at, until_at = excluded.until_at,
              days = excluded.days, subject = excluded.subject, body = excluded.body
            """
        ).run(id, vacation.from ?? 0, vacation.until ?? 0, vacation.days, vacation.subject, vacation.text)
        if before?.subject != vacation.subject || before?.text != vacation.text { try forgetAnswers(of: id) }
        try touch(id, "vacation set", before.words, Optional(vacation).words)
        return true
    }

    /// The text stays for the next time. True when it was a change.
    @discardableResult
    package func endVacation(of id: AccountID) throws -> Bool {
        guard var vacation = try vacation(of: id), vacation.isOn else { return false }
        (vacation.isOn, vacation.from, vacation.until) = (false, nil, nil)
        return try setVacation(vacation, of: id)
    }

    func forgetVacation(of id: AccountID) throws {
        try forgetAnswers(of: id)
        try database("DELETE FROM vacation WHERE account_id = $1").run(id)
    }

    private func forgetAnswers(of id: AccountID) throws {
        try database("DELETE FROM vacation_answer WHERE account_id = $1").run(id)
    }
}

extension Vacation? {
    /// For the audit trail: that there is a text, not what it says.
    fileprivate var words: String {
        guard let self else { return "none" }
        guard self.isOn else { return "off, \(self.text.utf8.count) bytes of text" }
        let from = self.from.map { " from \($0)" } ?? ""
        let until = self.until.map { " until \($0)" } ?? ""
        return "on\(from)\(until), every \(self.days) days, \(self.text.utf8.count) bytes of text"
    }
}

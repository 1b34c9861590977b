package import MailMessage
package import MailStore

/// What one account answers while its owner is away.
package struct VacationLine: Sendable {
    package let account: EmailAddress
    package let vacation: Vacation
    /// Whether it answers at this moment.
    package let answersNow: Bool
}

/// What `vacation set` sets; nil and `.keep` leave a thing as it is.
package struct VacationChange: Sendable {
    package var text: String?
    package var subject: String?
    package var days: Int?
    package var from: Change<EpochSeconds?> = .keep
    package var until: Change<EpochSeconds?> = .keep

    package init() {}
}

extension Administration {
    /// Nil: everybody's who has one, switched on or off.
    package func vacations(of only: AccountEntry?, at now: EpochSeconds) async throws(AdminError) -> [VacationLine] {
        try await reading { reader in
            try (only.map { [$0] } ?? reader.accounts()).compactMap { entry in
                try reader.vacation(of: entry.id).map {
                    VacationLine(account: entry.address, vacation: $0, answersNow: $0.answers(at: now))
                }
            }
        }
    }

    /// Switches it on.
    package func setVacation(_ change: VacationChange, of entry: AccountEntry) async throws(AdminError) -> Outcome {
        let outcome = try await writing { transaction -> Outcome? in
            let before = try transaction.vacation(of: entry.id)
            guard let text = change.text ?? before?.text else { return nil }
            let vacation = Vacation(
                from: change.from.value(insteadOf: before?.from), until: change.until.value(insteadOf: before?.until),
                days: change.days ?? before?.days ?? Vacation.standardDays,
                subject: change.subject ?? before?.subject ?? "", text: text)
            return try transaction.setVacation(vacation, of: entry.id) ? .changed : .unchanged
        }
        guard let outcome else { throw .wrongData("\(entry.address) has no text yet to answer with") }
        return outcome
    }

    package func endVacation(of entry: AccountEntry) async throws(AdminError) -> Outcome {
        try await writing { try $0.endVacation(of: entry.id) } ? .changed : .unchanged
    }
}

extension Change {
    fileprivate func value(insteadOf before: Value) -> Value {
        if case .set(let value) = self { value } else { before }
    }
}

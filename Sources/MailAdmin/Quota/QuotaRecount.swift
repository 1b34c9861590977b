import MailMessage
package import MailStore

/// One account whose counters do not say what is there.
package struct QuotaRecount: Sendable {
    package let entry: AccountEntry
    package let recount: Recount
    /// What the directory's hint said, where that was wrong too.
    package let hint: Int64
    package let isFixed: Bool
}

/// What the look at one account came to.
package enum RecountOutcome: Sendable {
    /// Or nobody has used it yet.
    case right
    case wrong(QuotaRecount)
    case failed(AdminError)
}

extension Administration {
    /// A running server writes its hints a second after a commit.
    static let hintPatience = Duration.seconds(2)

    /// One after the other; `done` is told of each. `fixes` sets counters and hint to what they count. Where only the hint
    /// says something else it may be under way: such accounts are looked at again in the end.
    package func recount(
        _ entries: [AccountEntry], fixes: Bool, done: (AccountEntry, RecountOutcome) throws -> Void
    ) async throws {
        var doubts: [(entry: AccountEntry, count: HintedCount)] = []
        for entry in entries {
            switch await look(at: entry, fixes: fixes, before: nil) {
            case .known(let outcome): try done(entry, outcome)
            case .doubtful(let count): doubts.append((entry, count))
            }
        }
        if !doubts.isEmpty { try await Task.sleep(for: Self.hintPatience) }
        for (entry, count) in doubts {
            // What still moves is kept by somebody.
            guard case .known(let outcome) = await look(at: entry, fixes: fixes, before: count) else { continue }
            try done(entry, outcome)
        }
    }

    private func look(at entry: AccountEntry, fixes: Bool, before: HintedCount?) async -> RecountLook {
        do throws(AdminError) {
            guard let count = try await count(entry), !count.isRight else { return .known(.right) }
            guard count.recount.isRight, before != count else {
                return .known(.wrong(try await finding(count, entry, fixes: fixes)))
            }
            return before == nil ? .doubtful(count) : .known(.right)
        } catch { return .known(.failed(error)) }
    }

    private func count(_ entry: AccountEntry) async throws(AdminError) -> HintedCount? {
        do {
            guard let recount = try await store.recount(account: entry.id, fixes: false) else { return nil }
            let hint = try await directory.read { try $0.account(entry.id)?.hints.bytesUsed ?? 0 }
            return HintedCount(recount: recount, hint: hint)
        } catch { throw AdminError(error) }
    }

    private func finding(
        _ count: HintedCount, _ entry: AccountEntry, fixes: Bool
    ) async throws(AdminError) -> QuotaRecount {
        guard fixes else {
            return QuotaRecount(entry: entry, recount: count.recount, hint: count.hint, isFixed: false)
        }
        do {
            let found = try await store.recount(account: entry.id, fixes: true) ?? count.recount
            if !found.isRight { try await directory.write(by: actor) { try $0.noteRecount(found, of: entry.id) } }
            return QuotaRecount(entry: entry, recount: found, hint: count.hint, isFixed: true)
        } catch { throw AdminError(error) }
    }
}

/// What an account's database says, and after it what the directory says of it.
private struct HintedCount: Equatable {
    let recount: Recount
    let hint: Int64

    var isRight: Bool { recount.isRight && hint == recount.counted.bytes }
}

private enum RecountLook {
    case known(RecountOutcome)
    case doubtful(HintedCount)
}

/// What a repair brought back.
package struct RepairReport: Sendable, Equatable {
    /// What `Account.check()` said before; nothing means that nothing was done.
    package let problems: [String]
    /// Messages the account has now.
    package let messages: Int
    /// Those among them whose mailbox could not be told: they are in the mailbox `Recovered`.
    package let recovered: Int
    /// Entries of mailboxes whose message could not be read.
    package let lost: Int
    /// Where the damaged database is kept; nil when there was none.
    package let keptAside: String?
}

extension MailStore {
    /// Builds an account's database anew from what can still be read of it, and keeps the damaged one beside it.
    ///
    /// The account waits meanwhile, in this process and in others; `busy` when another process does not let go of it.
    package func repair(account id: AccountID) async throws(StoreError) -> RepairReport {
        let account = try account(id)
        var problems: [String]
        do { problems = try await account.check() } catch .damaged(_, let detail) {
            problems = [detail]
        } catch .inputOutput(let detail) { problems = [detail] }
        guard !problems.isEmpty else {
            let usage = try await account.read { try $0.usage() }
            return RepairReport(
                problems: [], messages: Int(usage.messages), recovered: 0, lost: 0, keptAside: nil)
        }
        let report = try await account.rebuild(problems)
        changes.publish(id, try await account.read { try $0.modseq })
        return report
    }
}

extension StoreError {
    /// The command that helps, when an account's database is damaged: `accounts/xx/<id>/db` tells whose it is.
    package var remedy: String? {
        guard case .damaged(let file, _) = self else { return nil }
        let parts = file.split(separator: "/")
        guard parts.count >= 4, parts.dropLast(3).last == "accounts", let id = Int64(parts[parts.count - 2]) else {
            return nil
        }
        return "mailctl store check --repair \(id)"
    }
}

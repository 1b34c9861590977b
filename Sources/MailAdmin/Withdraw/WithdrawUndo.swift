import MailStore

extension Administration {
    /// Brings back what one withdrawal took out of mailboxes, beyond limits if it must. Run again it goes on.
    package func undoWithdrawal(_ receipt: String) async throws(AdminError) -> WithdrawReceipt {
        var undone = WithdrawReceipt(receipt: receipt)
        do {
            guard let withdrawal = try await store.trail.withdrawal(receipt) else {
                throw AdminError.noSuch(kind: "receipt", name: receipt, near: nil)
            }
            for (account, messages) in withdrawal.copies.sorted(by: { $0.key < $1.key }) {
                let count = try await store.account(account).write(limit: nil) { try $0.restore(messages) }
                undone.copies += count
                if count > 0 { undone.accounts += 1 }
                await store.release(account)
            }
            try await store.trail.noteRestored(receipt)
            try await noteUndo(withdrawal, undone)
        } catch { throw AdminError(error) }
        return undone
    }

    private func noteUndo(_ withdrawal: Withdrawal, _ undone: WithdrawReceipt) async throws {
        for story in try await store.trail.stories(of: withdrawal.messageID) {
            for account in withdrawal.copies.keys where story.steps.contains(where: { $0.account == account }) {
                store.trail.note(TrailEvent(story.id, .restored(by: actor.name), account: account))
            }
        }
        let words = "\(undone.copies) copies"
        try await directory.write(by: actor) {
            try $0.recordReceipt("message restore", withdrawal.receipt, withdrawal.messageID, words)
        }
    }
}

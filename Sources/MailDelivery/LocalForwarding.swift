internal import MailMessage
import MailStore

/// Forwards of accounts for which something waits in the queue: what this server wrote itself, which nobody has looked at
/// before, and mail that has waited since before there was a forward.
struct LocalForwarding {
    let store: MailStore

    /// What takes the recipient's place in the queue, in one step; none when the message stays with the account. Each entry is
    /// marked, so that nothing is sent on twice.
    func submissions(
        of message: QueuedMessage, _ recipient: QueuedRecipient, from account: AccountID
    ) async throws(StoreError) -> [QueueSubmission] {
        guard !message.envelope.traits.contains(.sentOn), !recipient.wasInterrupted,
            let entry = try await store.directory.entry(id: account), entry.status != .removed, entry.onward != nil
        else { return [] }
        let storable = try await store.storable(try await store.queue.body(of: message.id))
        let target = RecipientTarget(address: recipient.address, accounts: [entry], notice: recipient.notice)
        let plan = await Forwarding(store: store).plan(storable, message.envelope, [target])
        guard plan.sentOn.contains(account) else { return [] }
        let kept = plan.targets.flatMap(\.accounts).map {
            QueueRecipient(destination: .account($0.id), address: recipient.address, notice: recipient.notice)
        }
        var envelope = message.envelope
        envelope.traits.insert(.sentOn)
        return plan.submissions(of: storable, envelope, to: kept)
    }
}

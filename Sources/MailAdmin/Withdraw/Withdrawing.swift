import MailMessage
import MailStore

/// What a withdrawal came to.
package struct WithdrawReceipt: Sendable, Equatable {
    /// For `message restore`; nil when nothing was in a mailbox.
    package let receipt: String?
    package var copies = 0
    package var accounts = 0
    /// Recipients whose copy no longer waits.
    package var queued = 0
}

extension Administration {
    /// Accounts that are looked into at the same time.
    private static let width = 8
    /// Copies, in mailboxes and in the queue, that one call takes.
    package static let mostWithdrawn = 100_000

    /// Where the message with this field is. In mailboxes by the trail when it knows all of it, else, or with `isScan`, in every
    /// account's; in the queue wherever it is. `began` is told how many accounts are looked into, `progress` of each.
    package func withdrawPlan(
        _ messageID: String, isScan: Bool, most: Int = mostWithdrawn, began: (Int) -> Void = { _ in },
        progress: () -> Void = {}
    ) async throws(AdminError) -> WithdrawPlan {
        do {
            let stories = try await store.trail.stories(of: messageID)
            let scans = isScan || stories.isEmpty || stories.count >= StoreLimits.messagesOfOneName
            let entries = try await scans ? accounts(matching: AccountFilter()) : holders(stories)
            let queued = try await queued(messageID, stories, most: most + 1)
            began(entries.count)
            let copies = try await copies(
                of: messageID, in: entries, most: most + 1 - queued.count, progress: progress)
            let left = stories.flatMap(WithdrawItem.outside).filter { $0.place == .left }
            let found = copies + queued
            return WithdrawPlan(
                messageID: messageID, items: found.prefix(most) + left, accounts: entries.count, isScan: scans,
                isCut: found.count > most)
        } catch { throw AdminError(error) }
    }

    /// By the queue's own word; what the trail knows to wait there may be of a time when the queue did not note the field.
    private func queued(_ messageID: String, _ stories: [TrailStory], most: Int) async throws -> [WithdrawItem] {
        var filter = QueueFilter()
        filter.messageID = Self.bare(messageID)
        var found = try await lines(filter, most: most)
        let entries = Set(stories.flatMap(WithdrawItem.outside).filter { $0.place == .queue }.compactMap(\.queue))
        for entry in entries.subtracting(found.map(\.entry)).sorted(by: { $0.value < $1.value }) {
            filter = QueueFilter()
            filter.entry = entry
            found += try await lines(filter, most: most - found.count).filter(\.messageID.isEmpty)
        }
        return found.map(WithdrawItem.init)
    }

    /// What is being delivered this moment is not there any more.
    private func lines(_ filter: QueueFilter, most: Int) async throws -> [QueueLine] {
        var found: [QueueLine] = []
        var place = QueuePlace.start
        while found.count < most {
            let lines = try await store.queue.lines(
                filter, after: place, limit: min(Self.queuePage, most - found.count))
            found += lines.filter { $0.state != .trying }
            guard let last = lines.last else { break }
            place = last.place
        }
        return found
    }

    /// As the queue keeps it.
    private static func bare(_ messageID: String) -> String {
        messageID.hasPrefix("<") && messageID.hasSuffix(">") ? String(messageID.dropFirst().dropLast()) : messageID
    }

    /// Who was given it, and who sent it.
    private func holders(_ stories: [TrailStory]) async throws -> [AccountEntry] {
        var ids: Set<AccountID> = []
        for story in stories {
            if let sender = story.account { ids.insert(sender) }
            ids.formUnion(story.steps.compactMap(\.account))
        }
        let wanted = ids.sorted()
        return try await reading { reader in try wanted.compactMap { try reader.account($0) } }
            .filter { $0.status != .removed }
    }

    private func copies(
        of messageID: String, in entries: [AccountEntry], most: Int, progress: () -> Void
    ) async throws -> [WithdrawItem] {
        let store = store
        var waiting = entries.makeIterator()
        return try await withThrowingTaskGroup(of: [WithdrawItem].self) { group in
            for _ in 0..<Self.width {
                guard let entry = waiting.next() else { break }
                group.addTask { try await Self.copies(of: messageID, in: entry, store) }
            }
            var found: [WithdrawItem] = []
            while let items = try await group.next() {
                found += items
                progress()
                guard found.count < most, let entry = waiting.next() else { continue }
                group.addTask { try await Self.copies(of: messageID, in: entry, store) }
            }
            found.sort { ($0.address, $0.copy?.value ?? 0) < ($1.address, $1.copy?.value ?? 0) }
            return Array(found.prefix(max(0, most)))
        }
    }

    private static func copies(
        of messageID: String, in entry: AccountEntry, _ store: MailStore
    ) async throws -> [WithdrawItem] {
        let items = try await store.account(entry.id).read { reader in
            let copies = try reader.copies(of: messageID)
            guard !copies.isEmpty else { return [] as [WithdrawItem] }
            let names = Dictionary(try reader.mailboxes().map { ($0.id, $0.name) }) { first, _ in first }
            return copies.map { WithdrawItem($0, of: entry, in: names[$0.mailbox]) }
        }
        await store.release(entry.id)
        return items
    }

    /// Takes it out of mailboxes and queue. What has left stays gone; the plan says to whom.
    package func withdraw(_ plan: WithdrawPlan) async throws(AdminError) -> WithdrawReceipt {
        let copies = Dictionary(grouping: plan.copies.filter { $0.account != nil }, by: { $0.account ?? AccountID(0) })
            .mapValues { $0.compactMap(\.copy) }
        let name = copies.isEmpty ? nil : Self.receipt(at: clock())
        var receipt = WithdrawReceipt(receipt: name)
        do {
            if let name { try await store.trail.record(name, of: plan.messageID, copies) }
            for queue in Set(plan.queued.compactMap(\.queue)) {
                receipt.queued += try await store.queue.remove(queue)
            }
            for (account, known) in copies.sorted(by: { $0.key < $1.key }) {
                let taken = try await store.account(account).write { [known] in
                    try $0.withdraw(plan.messageID, only: Set(known))
                }
                receipt.copies += taken.count
                if !taken.isEmpty { receipt.accounts += 1 }
                await store.release(account)
            }
            try await noteWithdrawal(plan, receipt)
        } catch { throw AdminError(error) }
        return receipt
    }

    /// Into the trail of each message, and into the audit trail.
    private func noteWithdrawal(_ plan: WithdrawPlan, _ receipt: WithdrawReceipt) async throws {
        let accounts = Set(plan.copies.compactMap(\.account))
        let stories = try await store.trail.stories(of: plan.messageID)
        for story in stories {
            for account in accounts
            where story.account == account || story.steps.contains(where: { $0.account == account }) {
                store.trail.note(TrailEvent(story.id, .withdrawn(by: actor.name), account: account))
            }
        }
        for item in plan.queued {
            guard let id = item.trailID, !id.isEmpty else { continue }
            store.trail.note(TrailEvent(id, .removed(by: actor.name), to: item.address, queue: item.queue))
        }
        let words = "\(receipt.copies) copies, \(receipt.queued) queued"
        try await directory.write(by: actor) {
            try $0.recordReceipt("message withdraw", receipt.receipt ?? "message", plan.messageID, words)
        }
    }

    private static func receipt(at moment: EpochSeconds) -> String {
        let day = MailDate(seconds: moment).isoDay.filter { $0 != "-" }
        return "W\(day)-" + String(UInt64.random(in: 0 ... .max), radix: 36)
    }
}

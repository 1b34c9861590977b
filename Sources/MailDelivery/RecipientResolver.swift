package import MailMessage
package import MailStore

/// Decides at RCPT time, before a byte of the message has come. The write itself checks the quota again.
package struct RecipientResolver: Sendable {
    private let store: MailStore

    package init(store: MailStore) { self.store = store }

    /// `size` is what MAIL's SIZE parameter declared, nil when it declared nothing.
    package func decide(_ address: EmailAddress, size: Int64?) async -> RecipientDecision {
        do { return try await decide(try await store.directory.resolve(address), address, size ?? 0) } catch {
            return .unavailable(error)
        }
    }

    /// `RCPT TO:<postmaster>`, which names no domain (RFC 5321 §4.5.1).
    package func decidePostmaster(size: Int64?) async -> RecipientDecision {
        do { return try await decide(try await store.directory.resolvePostmaster(), nil, size ?? 0) } catch {
            return .unavailable(error)
        }
    }

    private func decide(
        _ resolution: Resolution, _ address: EmailAddress?, _ size: Int64
    ) async throws(StoreError) -> RecipientDecision {
        switch resolution {
        case .accounts(let accounts): await fit(try await target(address, accounts), size)
        case .unknown:
            address.flatMap(ForwardedSenders(store: store).original).map(RecipientDecision.returning) ?? .unknown
        case .notLocal: .notLocal
        case .suspended: .suspended
        case .loop: .loop
        case .unavailable: .unavailable(nil)
        }
    }

    /// Whom nobody reads any more is there as long as its mail can go on.
    private func target(
        _ address: EmailAddress?, _ accounts: [AccountEntry]
    ) async throws(StoreError) -> RecipientTarget {
        var there: [AccountEntry] = []
        for account in accounts {
            if account.isLeftBehind, let forward = account.onward,
                case .nowhere = try await Forwarding(store: store).way(forward, of: account)
            {
                continue
            }
            there.append(account)
        }
        return RecipientTarget(address: address, accounts: there)
    }

    /// An address with several accounts is accepted as soon as one of them has room.
    private func fit(_ target: RecipientTarget, _ size: Int64) async -> RecipientDecision {
        guard !target.accounts.isEmpty else { return .suspended }
        var isFull = false
        for account in target.accounts {
            // Only sent on.
            if account.onward?.keepsCopy == false { return .accepted(target) }
            switch await room(for: size, in: account) {
            case nil: return .accepted(target)
            case .full: isFull = true
            case .tooLargeForAccount: break
            }
        }
        return isFull ? .overQuota : .tooLarge
    }

    /// The hints are asked first: they may be a second old, so a refusal is confirmed by the account itself.
    private func room(for size: Int64, in entry: AccountEntry) async -> OverQuota? {
        let limit = entry.quota.limit
        let hints = await store.directory.hints(of: entry)
        let hinted = limit.refusal(of: size, bytesUsed: hints.bytesUsed, messagesUsed: hints.messageCount)
        guard let refusal = hinted else { return nil }
        guard refusal == .full else { return refusal }
        do {
            let usage = try await store.account(entry.id).read { try $0.usage() }
            return limit.refusal(of: size, bytesUsed: usage.bytes, messagesUsed: usage.messages)
        } catch {
            return nil  // The delivery will say what is wrong with it.
        }
    }
}

extension QuotaLimit {
    /// Why one more message of this size would not fit beside what is there.
    func refusal(of size: Int64, bytesUsed: Int64, messagesUsed: Int64) -> OverQuota? {
        if let bytes, size > bytes { return .tooLargeForAccount }
        if let bytes, bytesUsed > bytes - size { return .full }
        if let messages, messagesUsed >= messages { return .full }
        return nil
    }
}

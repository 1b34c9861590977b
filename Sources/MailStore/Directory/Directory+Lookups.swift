package import MailMessage
internal import MailShared

extension Directory {
    /// By short login name, address, or alias that reaches exactly one account. Suspended accounts are found, removed ones not.
    package func entry(login name: String) async throws(StoreError) -> AccountEntry? {
        guard name.utf8.count <= DirectoryReader.longestLogin else { return nil }
        let answer = try await answer(to: .login(name)) { .account(try $0.account(login: name)) }
        return answer.account
    }

    /// The address that a login stands for, whether or not somebody has it; nil where it stands for none.
    package func askedAddress(login name: String) async throws(StoreError) -> AddressKey? {
        guard name.utf8.count <= DirectoryReader.longestLogin else { return nil }
        return try await read { try $0.loginAddress(name).map(AddressKey.init) }
    }

    /// By its own address; aliases are not followed.
    package func entry(address: EmailAddress) async throws(StoreError) -> AccountEntry? {
        let answer = try await answer(to: .address(AddressKey(address))) { .account(try $0.account(address: address)) }
        return answer.account
    }

    package func entry(id: AccountID) async throws(StoreError) -> AccountEntry? {
        let answer = try await answer(to: .id(id)) { .account(try $0.account(id)) }
        return answer.account
    }

    package func resolve(_ address: EmailAddress) async throws(StoreError) -> Resolution {
        let answer = try await answer(to: .mail(AddressKey(address))) { .mail(try $0.resolve(address)) }
        return answer.resolution
    }

    /// `RCPT TO:<postmaster>`, which names no domain (RFC 5321 §4.5.1).
    package func resolvePostmaster() async throws(StoreError) -> Resolution {
        let answer = try await answer(to: .postmaster) { .mail(try $0.resolvePostmaster()) }
        return answer.resolution
    }

    package func isOurs(_ domain: MailDomain) async throws(StoreError) -> Bool {
        let answer = try await answer(to: .domain(domain)) { .yes(try $0.isOurs(domain)) }
        return answer.isYes
    }

    /// `anew`: whatever the cache says, which may be a second behind other processes.
    package func sharedAccess(of account: AccountID, anew: Bool = false) async throws(StoreError) -> SharedAccess {
        let answer = try await answer(to: .shares(account), anew: anew) { .shares(try $0.sharedAccess(of: account)) }
        return answer.shares ?? SharedAccess(viewer: Viewer(account: account, organisation: nil), owners: [])
    }

    package func maySend(_ account: AccountID, as owner: AccountID) async throws(StoreError) -> Bool {
        let answer = try await answer(to: .sendAs(account, owner: owner)) { .yes(try $0.maySend(account, as: owner)) }
        return answer.isYes
    }

    package func mayForwardOutside(_ entry: AccountEntry) async throws(StoreError) -> Bool {
        let answer = try await answer(to: .forwardsOutside(entry.id)) {
            .yes(try $0.features(of: entry).isOn(.forwardOutside))
        }
        return answer.isYes
    }

    package func limit(of account: AccountID) async throws(StoreError) -> QuotaLimit {
        guard let entry = try await entry(id: account) else { throw .noSuchAccount }
        return entry.quota.limit
    }

    /// Always from the database: a changed password counts at the next login.
    package func credential(of account: AccountID) async throws(StoreError) -> Credential? {
        try await read { try $0.credential(of: account) }
    }

    /// Kept in memory and written with the next batch, at most a second later; never waits.
    package func updateHints(
        of account: AccountID, bytesUsed: Int64, messageCount: Int64, expiry: ExpiryHints = ExpiryHints()
    ) {
        hints.note(account, HintUpdate(usage: .init(bytesUsed, messageCount, expiry), lastLoginAt: nil))
    }

    /// The entry's hints, or what this process has learnt since the entry was read, or other processes have written down.
    package func hints(of entry: AccountEntry) async -> AccountHints {
        var result = entry.hints
        if let usage = await hints.usage(of: entry.id) {
            (result.bytesUsed, result.messageCount) = (usage.bytes, usage.messages)
            result.expireAfter = usage.expiry.trashedSince
        }
        return result
    }

    package func noteLogin(of account: AccountID) {
        hints.note(account, HintUpdate(usage: nil, lastLoginAt: clock()))
    }

    private func answer(
        to question: DirectoryQuestion, anew: Bool = false,
        _ ask: @escaping @Sendable (DirectoryReader) throws -> DirectoryAnswer
    ) async throws(StoreError) -> DirectoryAnswer {
        let needsCheck: Bool
        switch anew ? .miss : cache.lookUp(question, now: clock()) {
        case .hit(let answer):
            metrics.add(.directoryHit)
            return answer
        case .miss: needsCheck = false
        case .stale: needsCheck = true
        }
        if needsCheck {
            cache.confirm(generation: try await read { try $0.generation() })
            if case .hit(let answer) = cache.lookUp(question, now: clock()) { return answer }
        }
        metrics.add(.directoryMiss)
        let (answer, generation) = try await read { (try ask($0), try $0.generation()) }
        cache.keep(answer, to: question, generation: generation)
        return answer
    }
}

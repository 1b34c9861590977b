import MailIdentity
package import MailMessage
package import MailStore

extension Administration {
    /// Handles are short: that one is taken happens, twice in a row never.
    private static let attempts = 5

    /// The new password itself, which is nowhere else.
    package func addAppPassword(
        to entry: AccountEntry, name: String, services: AppPasswordServices, expiresAt: EpochSeconds?
    ) async throws(AdminError) -> (handle: AppPasswordHandle, password: String) {
        if let expiresAt, expiresAt <= clock() { throw .wrongData("the app password would have expired already") }
        for _ in 0..<Self.attempts {
            let secret = AppPasswordSecret()
            let frame = try await reading { try $0.scramFrame(of: entry.id) }
            let new = NewAppPassword(
                handle: secret.handle, digest: secret.digest, name: name, services: services, expiresAt: expiresAt,
                scram: try? await store.threads.run { secret.scramKeys(like: frame) })
            do {
                try await writing { try $0.addAppPassword(new, to: entry.id) }
                return (secret.handle, secret.text)
            } catch .store(.exists(let what)) {
                guard what.hasSuffix(secret.handle.text) else { throw .store(.exists(what)) }
            }
        }
        throw .store(.busy)
    }

    package func appPasswords(of entry: AccountEntry) async throws(AdminError) -> [AppPasswordEntry] {
        try await reading { try $0.appPasswords(of: entry.id) }
    }

    /// By handle or name. The sessions it has open end within two seconds.
    package func revokeAppPassword(_ which: String, of entry: AccountEntry) async throws(AdminError) {
        guard try await writing({ try $0.revokeAppPassword(which, of: entry.id) }) else {
            throw .noSuch(kind: "app password", name: which, near: nil)
        }
    }

    /// All of them or, when one is not there, none.
    package func revokeAppPasswords(_ which: [String], of entry: AccountEntry) async throws(AdminError) {
        let unknown = try await writing { transaction -> String? in
            let known = try transaction.appPasswords(of: entry.id)
            var handles: Set<String> = []
            for one in which {
                guard let found = known.first(where: { $0.handle.text == one || $0.name == one }) else { return one }
                handles.insert(found.handle.text)
            }
            for handle in handles.sorted() { _ = try transaction.revokeAppPassword(handle, of: entry.id) }
            return nil
        }
        if let unknown { throw .noSuch(kind: "app password", name: unknown, near: nil) }
    }

    package func revokeAllAppPasswords(of entry: AccountEntry) async throws(AdminError) -> Outcome {
        try await writing { try $0.revokeAllAppPasswords(of: entry.id) } > 0 ? .changed : .unchanged
    }

    /// Salt and iterations that a new mail password takes over, so that app passwords go on working with SCRAM. Nil without any.
    package func appPasswordFrame(of entry: AccountEntry) async throws(AdminError) -> ScramKeys? {
        try await appPasswords(of: entry).lazy.compactMap(\.scram).first
    }
}

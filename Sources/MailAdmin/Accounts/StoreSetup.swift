package import MailMessage
package import MailStore

/// `mailctl store init`: everything a store needs before the first account.
package struct StoreSetup: Sendable {
    package var directory: String
    package var domains: [MailDomain]
    package var isTestStore: Bool

    package init(directory: String, domains: [MailDomain], isTestStore: Bool = false) {
        self.directory = directory
        self.domains = domains
        self.isTestStore = isTestStore
    }

    /// The classes are those of a university: employees 500 MB, students 50 MB.
    static let classes: [(ClassName, Int64)] = [
        (.employee, EffectiveQuota.standardBytes), (.student, EffectiveQuota.studentBytes),
    ]

    package func run(actor: AuditActor, clock: @escaping @Sendable () -> EpochSeconds) async throws(AdminError) {
        do {
            try MailStore.create(at: directory, isTestStore: isTestStore, clock: clock)
            let store = try MailStore(at: directory, clock: clock)
            let domains = domains
            try await store.directory.write(by: actor) { transaction in
                for domain in domains { _ = try transaction.addDomain(domain) }
                // The first purge compares its clock with this one.
                if try transaction.setting(PurgeRun.markName) == nil {
                    try transaction.setMark(PurgeRun.markName, PurgeMark.here(clock()).text)
                }
                let present = Set(try transaction.classes().map(\.name))
                for (name, bytes) in Self.classes where !present.contains(name) {
                    try transaction.addClass(name, quota: QuotaRule(bytes: .limit(bytes)))
                }
            }
            await store.close()
        } catch {
            throw .store(error)
        }
    }
}

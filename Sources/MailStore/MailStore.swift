internal import Glibc
package import MailMessage
package import MailShared
internal import Synchronization

/// A directory with everything a mail server keeps: who exists, their mail, and what is still on its way.
///
///     store            what this is     directory.db   who exists        queue.db, queue/  on its way
///     accounts/xx/<id>/ db, files/       spool/         coming in         run/notify/       who listens
package final class MailStore: Sendable {
    package struct Options: Sendable {
        package var threads = StoreThreads.defaultCount
        /// Databases kept open at most: about 100 KiB and three descriptors each.
        package var openAccounts = 1_000
        /// A database nobody has used for so long is closed.
        package var idleTime: Duration = .seconds(3)
        package var metrics = Metrics.off
        package var retries = RetrySchedule.standard
        /// Messages that are coming in, all together; what is beyond goes to files at once.
        package var spoolMemory = 64_000_000
        package var diskFloor = DiskFloor.standard
        /// Whether searches make an index of the account they search in, and use it.
        package var searchIndex = false
        /// Bytes of mail from which on: less is looked through in 10 ms.
        package var searchIndexFloor: Int64 = 4 << 20

        /// How long, and how much of it, what is removed can be restored.
        package var restore = RestorePolicy.standard

        /// So old may lines of the audit trail become, in seconds; 0: they stay.
        package var auditSeconds: Int64 = 0

        /// So long the trail keeps what happened to messages, in seconds.
        package var trailSeconds: Int64 = Trail.standardKeep
        /// Proves that an address which bounces of forwarded mail come back to was made here; empty: none is made.
        package var returnSecret: [UInt8] = []
        package var sendingOfPersons = SendingRates.person
        package var sendingOfHosts = SendingRates.host
        package var webSessions = WebSessionPolicy()

        package init() {}
    }

    package let path: String
    package let isTestStore: Bool
    package let directory: Directory
    package let queue: Queue
    /// What happened to each message.
    package let trail: Trail
    /// Who has sent how much, and may.
    package let sending: SendingLimits
    /// Who is logged in to the web pages.
    package let web: WebDatabase
    /// What the server did, for charts.
    package let statistics: StatisticsDatabase
    package let changes: ChangeFeed
    package let threads: StoreThreads
    package var metrics: Metrics { threads.metrics }
    package let returnSecret: [UInt8]
    let accounts: AccountPool
    let spoolMemory: SpoolMemory
    private let disk: DiskSpace
    private let keepsIndexes: Bool
    private let auditSeconds: Int64
    private let trailSeconds: Int64
    private let housekeeping = Mutex<Task<Void, Never>?>(nil)

    /// Makes an empty store in a directory that is none yet.
    package static func create(
        at path: String, isTestStore: Bool = false, clock: @escaping @Sendable () -> EpochSeconds = MailStore.now
    ) throws(StoreError) {
        do {
            guard !StoreFolder.exists(StoreFormat.path(in: path)) else { throw StoreError.exists("a store at \(path)") }
            try StoreFolder.make(path)
            try FileSystemKind.requireLocal(path)
            for folder in ["accounts", "queue", "run/notify", "spool"] { try StoreFolder.make("\(path)/\(folder)") }
            try Directory.create(at: path + "/directory.db", isTestStore: isTestStore, now: clock())
            try StoreFolder.synchronise(path)
            try StoreFormat(isTestStore: isTestStore).write(to: path)
        } catch {
            throw StoreError(wrapping: error)
        }
    }

    package init(
        at path: String, options: Options = Options(),
        clock: @escaping @Sendable () -> EpochSeconds = MailStore.now
    ) throws(StoreError) {
        do {
            isTestStore = try StoreFormat.read(from: path).isTestStore
            try FileSystemKind.requireLocal(path)
            for folder in ["accounts", "queue", "run/notify", "spool"] { try StoreFolder.make("\(path)/\(folder)") }
            SpoolFile.sweep(path + "/spool", before: MailStore.now() - BodyFiles.orphanAge)
            let threads = StoreThreads(count: options.threads, metrics: options.metrics)
            let changes = ChangeFeed(directory: path + "/run/notify")
            let directory = try Directory(at: path + "/directory.db", threads: threads, clock: clock)
            queue = try Queue(
                at: path + "/queue.db", filesAt: path + "/queue", bellAt: path + "/run/queue.bell", threads: threads,
                schedule: options.retries, clock: clock)
            trail = Trail(at: path + "/trail.db", threads: threads, clock: clock)
            sending = SendingLimits(
                at: path + "/sending.db", persons: options.sendingOfPersons, hosts: options.sendingOfHosts,
                threads: threads, clock: clock)
            web = WebDatabase(
                at: path + "/web.db", threads: threads, policy: options.webSessions, clock: clock)
            statistics = StatisticsDatabase(at: path + "/statistics.db", threads: threads, clock: clock)
            spoolMemory = SpoolMemory(limit: options.spoolMemory)
            disk = DiskSpace(path, floor: options.diskFloor)
            keepsIndexes = options.searchIndex
            auditSeconds = options.auditSeconds
            returnSecret = options.returnSecret
            trailSeconds = options.trailSeconds
            self.path = path
            self.threads = threads
            self.changes = changes
            self.directory = directory
            accounts = AccountPool(
                store: path, options: options, threads: threads, clock: clock, directory: directory, changes: changes)
        } catch {
            throw StoreError(wrapping: error)
        }
        accounts.startUpkeep()
    }

    /// The same object for all who ask while anybody holds it or its database is open.
    package func account(_ id: AccountID) throws(StoreError) -> Account { try accounts.account(id) }

    /// Closes the account's database when nobody uses it: for tools that go through thousands of accounts.
    package func release(_ id: AccountID) async {
        guard let account = try? accounts.account(id) else { return }
        _ = try? await threads.run { account.closeIfIdle(since: .now) }
        accounts.forgetUnused()
    }

    /// What is in the mailboxes of an account that nobody uses any more, and what could come back to them. For good.
    package func eraseMail(of id: AccountID) async throws(StoreError) {
        await release(id)
        let folder = AccountFolder(of: id, in: path).path
        try await threads.run {
            if StoreFolder.exists(folder) { try StoreFolder.removeTree(folder) }
        }
    }

    package func makeSpool() -> MessageSpool {
        MessageSpool(in: path + "/spool", threads: threads, memory: spoolMemory)
    }

    /// The disk is so full that nothing more should be added. Costs a system call a second.
    package var isDiskLow: Bool { disk.isLow }

    package func open(_ body: MessageBody) async throws(StoreError) -> MessageBodyReader {
        try await MessageBodyReader(body, threads: threads)
    }

    /// For servers: brings hints up to date after a crash, then removes once a day what nobody names.
    package func startHousekeeping() {
        let work = Housekeeping(
            store: path, accounts: accounts, directory: directory, keepsIndexes: keepsIndexes,
            auditSeconds: auditSeconds)
        let words = TrailUpkeep(trail: trail, sending: sending, keep: trailSeconds)
        let lives = LifecycleUpkeep(directory: directory)
        let shortLived = ShortLivedUpkeep(web: web, directory: directory)
        housekeeping.withLock { task in
            guard task == nil else { return }
            task = Task.detached {
                async let ends: Void = lives.run()
                async let trims: Void = words.run()
                async let sweeps: Void = shortLived.run()
                await work.run()
                await ends
                await trims
                await sweeps
            }
        }
    }

    /// Lets what has begun finish, writes the hints, checkpoints and closes every database.
    package func close() async {
        let running = housekeeping.withLock { $0 }
        running?.cancel()
        await running?.value
        await accounts.close()
        await queue.close()
        await trail.close()
        await sending.close()
        await web.close()
        await statistics.close()
        await directory.close()
        changes.close()
    }

    package static let now: @Sendable () -> EpochSeconds = { EpochSeconds(time(nil)) }
}

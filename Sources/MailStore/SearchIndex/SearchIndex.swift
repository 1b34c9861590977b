internal import MailMessage
internal import Synchronization

/// The index of one account beside its database. Whatever is wrong with it is nobody's error: it is given up, and made
/// anew in the background.
final class SearchIndex: Sendable {
    let account: AccountID
    let file: IndexFile
    /// Searches; what is added has connections of its own, on a thread that steps back.
    private let searches: DatabaseLane
    private let additions: DatabaseLane
    private let threads: StoreThreads
    let workers: StoreThreads
    private let opened: OpenedGeneration

    init(_ account: AccountID, in folder: AccountFolder, threads: StoreThreads, workers: StoreThreads) {
        self.account = account
        self.threads = threads
        self.workers = workers
        let file = IndexFile(folder: folder)
        let opened = OpenedGeneration()
        self.file = file
        self.opened = opened
        searches = DatabaseLane(threads: threads) { try opened.open(file, of: account) }
        additions = DatabaseLane(threads: workers) {
            let database = try opened.open(file, of: account)
            try database.execute("PRAGMA cache_size=-\(Self.cacheKiB)")
            return database
        }
    }

    private static let cacheKiB = 8 << 10

    /// Asked of the folder on a store thread, unless it is open.
    var exists: Bool {
        get async {
            if isOpen { return true }
            return await (try? threads.run { [file] in file.current != nil }) ?? false
        }
    }

    /// Nil when there is none, or when it says nothing.
    func answer(_ query: IndexQuery, within budget: TimeBudget? = nil) async -> IndexAnswer? {
        guard await exists else { return nil }
        return await search { database in
            try database.limited(by: budget) {
                guard let through = try database.indexState()?.through, through > 0,
                    let blobs = try database.candidates(query)
                else { return nil }
                return IndexAnswer(blobs: blobs, through: through)
            }
        }
    }

    /// The digest of a message the index has.
    func digest(of blob: Int64) async -> Int64? {
        await search { try $0.indexedDigest(of: blob) }
    }

    /// Up to where it goes; 0 for a new one. Makes the file.
    func through() async throws(StoreError) -> Int64 {
        do {
            return try await additions.read { database in
                try Self.requireInPlace(database)
                return try database.indexState()?.through ?? 0
            }
        } catch {
            await heal(error)
            throw error
        }
    }

    /// Adds what comes right behind `through`; false when another process was faster.
    func add(_ entries: [IndexEntry], after through: Int64) async throws(StoreError) -> Bool {
        do {
            return try await additions.write(isRelaxed: true) { database, _ in
                try Self.requireInPlace(database)
                guard try database.indexState()?.through == through else { return false }
                for entry in entries { try database.add(entry) }
                return true
            }
        } catch {
            await heal(error)
            throw error
        }
    }

    /// How many messages it knows, those that are gone included.
    func count() async throws(StoreError) -> Int {
        try await searches.read { Int(try $0("SELECT count(*) FROM indexed").number() ?? 0) }
    }

    /// SQLite's and FTS5's own checks.
    func check() async throws(StoreError) -> [String] {
        try await additions.write(isRelaxed: true) { database, _ in
            var problems: [String] = []
            try database("PRAGMA integrity_check").each { problems.append($0.text(0)) }
            try database("INSERT INTO gram (gram) VALUES ('integrity-check')").run()
            return problems == ["ok"] ? [] : problems
        }
    }

    /// Gives it up; a new one is begun.
    func drop() async {
        await closeAll()
        try? await threads.run { [file, opened] in file.drop(upTo: opened.last ?? file.current ?? 0) }
    }

    // MARK: Mending

    private func search<T: Sendable>(_ body: @escaping @Sendable (SQLConnection) throws -> T?) async -> T? {
        do {
            return try await searches.read { database in
                try Self.requireInPlace(database)
                return try body(database)
            }
        } catch {
            await heal(error)
            return nil
        }
    }

    private func heal(_ error: StoreError) async {
        switch error {
        case .damaged, .newerSchema, .invalid, .exists: await drop()
        // Somebody else has given it up.
        case .busy: await closeAll()
        default: break
        }
    }

    private func closeAll() async {
        for lane in [searches, additions] {
            // Those that are inside come out first.
            try? await lane.exclusively {}
        }
    }

    private static func requireInPlace(_ database: SQLConnection) throws {
        if database.hasMoved { throw StoreError.busy }
    }

    // MARK: Opening and closing

    var isOpen: Bool { searches.isOpen || additions.isOpen }

    @discardableResult
    func closeIfIdle(since moment: ContinuousClock.Instant) -> Bool {
        let closed = [searches, additions].map { $0.closeIfIdle(since: moment) }
        return closed.allSatisfy { $0 }
    }

    func close() async {
        await searches.close()
        await additions.close()
    }
}

extension SQLConnection {
    struct IndexState {
        let account: Int64
        let version: Int64
        let through: Int64
    }

    fileprivate func indexState() throws -> IndexState? {
        try self("SELECT account_id, version, through FROM state").first {
            IndexState(account: $0.int64(0), version: $0.int64(1), through: $0.int64(2))
        }
    }

    fileprivate func indexedDigest(of blob: Int64) throws -> Int64? {
        try self("SELECT digest FROM indexed WHERE blob_id=$1").number(blob)
    }

    fileprivate func add(_ entry: IndexEntry) throws {
        try self("INSERT INTO indexed (blob_id, digest, is_open) VALUES ($1, $2, $3)")
            .run(entry.blob, entry.digest, entry.grams == nil)
        try self("UPDATE state SET through=$1").run(entry.blob)
        guard let grams = entry.grams else { return }
        for (place, some) in [grams.header, grams.body].enumerated() where !some.isEmpty {
            try self("INSERT INTO gram (rowid, words) VALUES ($1, $2)")
                .run(entry.blob * 2 + Int64(place), GramWord.text(of: some))
        }
    }
}

/// Which file of an index this process has had open last: only that one may be given up for what was seen in it.
private final class OpenedGeneration: Sendable {
    private let generation = Atomic(0)

    var last: Int? {
        let value = generation.load(ordering: .relaxed)
        return value > 0 ? value : nil
    }

    func open(_ file: IndexFile, of account: AccountID) throws -> SQLConnection {
        let number = file.current ?? 1
        generation.store(number, ordering: .relaxed)
        let path = file.path(number)
        try StoreFolder.make(file.folder.path)
        let database = try SQLConnection.open(path, schema: SearchIndexSchema.schema)
        if try database.indexState() == nil {
            try database(
                """
                INSERT INTO state (account_id, version, through)
                SELECT $1, $2, 0 WHERE NOT EXISTS (SELECT 1 FROM state)
                """
            ).run(account, MessageGrams.version)
        }
        let state = try database.indexState()
        guard state?.account == account.value, state?.version == Int64(MessageGrams.version) else {
            throw StoreError.damaged(file: path, detail: "it is the index of another account or version")
        }
        return database
    }
}

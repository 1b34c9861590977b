import Glibc
import MailMessage
import Testing

@testable import MailStore

struct DirectoryStoreTests {
    @Test func anotherProcessShowsWithinTwoSeconds() async throws {
        let fixture = try DirectoryFixture()
        try await fixture.directory.fill()
        let other = try fixture.second()
        #expect(try await other.directory.reach("bo@uni.example") == ["bo@uni.example"])
        #expect(try await other.directory.reach("new@uni.example") == ["unknown"])
        let bo = try await fixture.directory.id("bo@uni.example")
        try await fixture.directory.write { transaction in
            try transaction.suspendAccount(bo)
            try transaction.addAccount(NewAccount(address: Made.address("new@uni.example")))
        }
        #expect(try await fixture.directory.reach("bo@uni.example") == ["suspended"])
        let deadline = ContinuousClock.now + .seconds(2)
        var seen: [String] = []
        while seen != ["suspended"], .now < deadline {
            try await Task.sleep(for: .milliseconds(50))
            seen = try await other.directory.reach("bo@uni.example")
        }
        #expect(seen == ["suspended"])
        #expect(try await other.directory.reach("new@uni.example") == ["new@uni.example"])
        await other.close()
    }

    @Test func hintsDoNotEmptyTheCacheButShow() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        let bo = try await directory.id("bo@uni.example")
        let before = try await directory.read { try $0.generation() }
        directory.updateHints(of: bo, bytesUsed: 1, messageCount: 1, expiry: .init(trashedSince: 5))
        directory.updateHints(of: bo, bytesUsed: 700, messageCount: 3, expiry: .init(trashedSince: 77))
        directory.noteLogin(of: bo)
        await directory.hints.flush()
        let (after, hints) = try await directory.read { (try $0.generation(), try $0.account(bo)?.hints) }
        #expect(before == after)
        #expect(
            hints == AccountHints(bytesUsed: 700, messageCount: 3, expireAfter: 77, lastLoginAt: 1_800_000_000))
        #expect(try await directory.withTrash(since: 76) == [])
        #expect(try await directory.withTrash(since: 77) == [bo])
        directory.updateHints(of: bo, bytesUsed: 0, messageCount: 0)
        await directory.hints.flush()
        #expect(try await directory.read { try $0.account(bo)?.hints.lastLoginAt } == 1_800_000_000)
        #expect(try await directory.withTrash(since: .max) == [])
    }

    @Test func credentialsAndTheirTrail() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        let bo = try await directory.id("bo@uni.example")
        #expect(try await directory.entry(id: bo)?.status == .noPassword)
        #expect(try await directory.credential(of: bo) == nil)
        let keys = ScramKeys(salt: [1, 0, 255], iterations: 4_096, storedKey: [2], serverKey: [3])
        let credential = Credential(hash: "$y$j9T$secret", scram: keys, changedAt: 5)
        try await directory.write(by: "uid 0") { try $0.setCredential(credential, of: bo) }
        #expect(try await directory.credential(of: bo) == credential)
        #expect(try await directory.entry(id: bo)?.status == .active)
        try await directory.write(by: "uid 0") { try $0.setCredential(Credential(hash: "$6$x", changedAt: 6), of: bo) }
        #expect(try await directory.credential(of: bo) == Credential(hash: "$6$x", changedAt: 6))
        try await directory.write { try $0.setCredential(nil, of: bo) }
        #expect(try await directory.entry(id: bo)?.status == .noPassword)
        var trail: [AuditEntry] = []
        trail = try await directory.read { reader in
            var entries: [AuditEntry] = []
            try reader.audit { if $0.action == "password" { entries.append($0) } }
            return entries
        }
        #expect(
            trail.map { "\($0.actor): \($0.object) \($0.before) -> \($0.after)" } == [
                "uid 0: account \(bo) none -> set", "uid 0: account \(bo) set -> set",
                "system: account \(bo) set -> none",
            ])
        #expect("\(credential) \(keys)" == "Credential(hidden) ScramKeys(hidden)")
    }

    @Test func aFailedWriteLeavesNothing() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        let before = try await directory.read { try $0.generation() }
        await #expect(throws: StoreError.exists("address cy@uni.example")) {
            try await directory.write { transaction in
                try transaction.addAccount(NewAccount(address: Made.address("dan@uni.example")))
                try transaction.addAlias(Made.address("cy@uni.example"), targets: [Made.address("bo@uni.example")])
            }
        }
        #expect(try await directory.reach("dan@uni.example") == ["unknown"])
        #expect(try await directory.read { try $0.generation() } == before)
    }

    @Test func twoProcessesWriteAtTheSameTime() async throws {
        let fixture = try DirectoryFixture()
        try await fixture.directory.write { try $0.addDomain(Made.domain("uni.example")) }
        let other = try fixture.second()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (name, directory) in [("a", fixture.directory), ("b", other.directory)] {
                for number in 0..<50 {
                    group.addTask {
                        try await directory.write { transaction in
                            _ = try transaction.addAccount(
                                NewAccount(address: Made.address("\(name)\(number)@uni.example")))
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let entries = try await other.directory.read { try $0.accounts() }
        #expect(entries.count == 100)
        #expect(Set(entries.map(\.id)).count == 100)
        await other.close()
    }

    /// They hold password hashes and mail: nobody else reads them, whatever the umask.
    @Test(arguments: ["directory.db", "directory.db-wal", "queue.db", "queue.db-wal"])
    func filesArePrivate(name: String) async throws {
        let fixture = try DirectoryFixture()
        try await fixture.directory.fill()
        try await fixture.store.queue.enqueue(try QueueTests.submission(1, to: [try QueueTests.recipient(1)]))
        var status = stat()
        #expect(stat(fixture.path + "/" + name, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    /// Strangers' questions and endless tags do not grow the cache without bound, and the answers stay right.
    @Test func theCacheIsBounded() async throws {
        let cache = DirectoryCache()
        for number in 0..<(DirectoryCache.limit * 2) {
            cache.keep(.yes(true), to: .login("u\(number)"), generation: 1)
        }
        #expect(cache.count <= DirectoryCache.limit)
        cache.keep(.account(nil), to: .login("nobody"), generation: 1)
        guard case .miss = cache.lookUp(.login("nobody"), now: 1) else { throw StoreError.invalid("kept") }
        guard case .hit = cache.lookUp(.login("u\(DirectoryCache.limit * 2 - 1)"), now: 1) else {
            throw StoreError.invalid("lost")
        }
        cache.keep(.yes(true), to: .login("late"), generation: 0)  // read before our own change was committed
        guard case .miss = cache.lookUp(.login("late"), now: 1) else { throw StoreError.invalid("stale") }
    }

    @Test func listsAreFiltered() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        let bo = try await directory.id("bo@uni.example")
        try await directory.write { try $0.suspendAccount(bo, reason: "left") }
        let rows: [(AccountFilter, [String])] = [
            (AccountFilter(), ["anna01", "bo", "cy"]), (AccountFilter(status: .suspended), ["bo"]),
            (AccountFilter(status: .noPassword), ["anna01", "cy"]), (AccountFilter(match: "*ANNA*"), ["anna01"]),
            (AccountFilter(match: "c?"), ["cy"]), (AccountFilter(match: "?"), []),
            (AccountFilter(match: "Anna A"), ["anna01"]), (AccountFilter(inactiveSince: 1_800_000_000), []),
            (AccountFilter(inactiveSince: 1_800_000_001), ["anna01", "bo", "cy"]),
        ]
        for (filter, logins) in rows {
            #expect(try await directory.read { try $0.accounts(matching: filter).map(\.login.text) } == logins)
        }
    }

    @Test(arguments: [
        ("*", "", true), ("", "", true), ("", "a", false), ("a*b*c", "aXbYbZc", true), ("a*b", "ab", true),
        ("*a", "banana", true), ("a?c", "ac", false), ("**a**", "a", true), ("*ab", "aaab", true),
        ("*ab", "aaba", false),
        (String(repeating: "*a", count: 100) + "b", String(repeating: "a", count: 1_000), false),
    ])
    func patterns(pattern: String, text: String, matches: Bool) {
        #expect(TextPattern(pattern).matches(text) == matches)
    }
}

extension Directory {
    /// Whom a purge would open.
    fileprivate func withTrash(since moment: EpochSeconds) async throws -> [AccountID] {
        var horizon = PurgeHorizon()
        horizon.trash = moment
        let wanted = horizon
        return try await read { try $0.purgeCandidates(within: wanted).map(\.id) }
    }
}

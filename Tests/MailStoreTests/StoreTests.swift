import Foundation
import MailMessage
import Testing

@testable import MailStore

@Suite struct StoreTests {
    @Test func aStoreIsMadeOnce() async throws {
        try await withStore { store, _ in
            #expect(store.isTestStore)
            #expect(await storeError { try MailStore.create(at: store.path) } == .exists("a store at \(store.path)"))
        }
    }

    @Test(
        arguments: [
            ("posthus store\nformat=1\n", nil), ("posthus store\nformat=2\ntest=1\n", "newer"),
            ("something\n", "damaged"),
            ("posthus store\n", "damaged"), ("", "damaged"),
        ] as [(String, String?)])
    func theFormatIsReadFirst(_ text: String, _ problem: String?) async throws {
        try await withStore { store, _ in
            let file = store.path + "/store"
            try text.write(toFile: file, atomically: false, encoding: .utf8)
            switch (problem, Result { try StoreFormat.read(from: store.path) }) {
            case (nil, .success(let format)): #expect(format == StoreFormat(isTestStore: false))
            case ("newer", .failure(StoreError.newerSchema(file, 2, 1))): break
            case ("damaged", .failure(StoreError.damaged(file, _))): break
            case (_, let other): Issue.record("\(other)")
            }
        }
    }

    @Test(arguments: [(0x6969, "NFS"), (0xff53_4d42, "CIFS"), (0xef53, nil), (0x0102_1994, nil), (0x9123_683e, nil)])
    func networksAreKnown(_ number: UInt32, _ name: String?) { #expect(FileSystemKind.remoteName(number) == name) }

    /// What this machine has: /proc is local, and a path that is not there is an error.
    @Test func theKernelIsAsked() throws {
        try FileSystemKind.requireLocal("/proc")
        #expect(throws: StoreError.self) { try FileSystemKind.requireLocal("/no/such/folder") }
    }

    @Test func whereThereIsNoStoreNothingOpens() async {
        let path = temporaryPath()
        #expect(await storeError { _ = try MailStore(at: path) } == .notFound("a store at \(path)"))
    }

    @Test func mailIsThereAfterReopening() async throws {
        try await withStore { store, clock in
            try await store.account(AccountID(7)).append(message("kept"))
            await store.close()
            let again = try MailStore(at: store.path, clock: { clock.now })
            let body = try await again.account(AccountID(7)).read { try $0.body(of: $0.id("INBOX"), uid: .first) }
            #expect(body == message("kept").body)
            await again.close()
            #expect(await storeError { _ = try again.account(AccountID(7)) } == .closed)
        }
    }

    @Test func idleAccountsAreClosedAndForgotten() async throws {
        var options = MailStore.Options()
        options.idleTime = .milliseconds(10)
        try await withStore(options: options) { store, _ in
            let held = try store.account(AccountID(1))
            try await held.append(message())
            #expect(try store.account(AccountID(1)) === held)
            #expect(try await eventually { !held.isOpen })
            #expect(try await held.append(message()) == uid(2))
            #expect(try store.account(AccountID(1)) === held)
        }
    }

    @Test func onlySoManyStayOpen() async throws {
        var options = MailStore.Options()
        options.openAccounts = 3
        options.idleTime = .seconds(3_600)
        try await withStore(options: options) { store, _ in
            var accounts: [Account] = []
            for id in 1...6 as ClosedRange<Int64> {
                accounts.append(try store.account(AccountID(id)))
                _ = try await accounts.last?.read { try $0.usage() }
            }
            #expect(try await eventually { accounts.map(\.isOpen) == [false, false, false, true, true, true] })
        }
    }

    /// Upkeep comes too late in a flood of logins: each opening sees to it.
    @Test func onlySoManyAreOpenAtAnyMoment() async throws {
        var options = MailStore.Options()
        options.openAccounts = 20
        options.idleTime = .seconds(3_600)
        let most = options.openAccounts + AccountPool.openingsPerLook + options.threads
        try await withStore(options: options) { store, _ in
            let accounts = try (1...200 as ClosedRange<Int64>).map { try store.account(AccountID($0)) }
            for account in accounts {
                _ = try await account.read { try $0.usage() }
                #expect(accounts.count { $0.isOpen } <= most)
            }
        }
    }

    @Test(arguments: [0, -1] as [Int64])
    func numbersThatAreNoAccounts(_ id: Int64) async throws {
        try await withStore { store, _ in
            #expect(await storeError { _ = try store.account(AccountID(id)) } == .noSuchAccount)
        }
    }
}

import Foundation
import MailMessage
import Synchronization
import Testing

@testable import MailStore

@Suite struct RepairTests {
    private static let count = 60

    private struct Kept: Hashable {
        let mailbox: String
        let uid: UID
        let flags: Int64
        let subject: String
    }

    private func path(_ store: MailStore) -> String { AccountFolder(of: AccountID(1), in: store.path).database }

    /// An account with messages of many sizes, flags, a folder of its own, two large ones, and one expunged.
    private func fill(_ account: Account) async throws {
        try await account.write { _ = try $0.createMailbox(try name("Work/Deep")) }
        for index in 0..<Self.count {
            let folder = ["INBOX", "Archive", "Work/Deep"][index % 3]
            try await account.append(
                message("\(index)", size: index * 150), to: folder, flags: index % 2 == 0 ? [.system(.seen)] : [])
        }
        for index in 0..<2 { try await account.append(message("large \(index)", size: 300_000)) }
        let gone = try await account.append(message("expunged", size: 5_000))
        try await account.write { _ = try $0.remove(in: try $0.id("INBOX"), [gone]) }
    }

    private func everything(_ account: Account) async throws -> Set<Kept> {
        let store = try await account.read { reader in
            try reader.mailboxes().flatMap { mailbox in
                var flags: [UID: Int64] = [:]
                try reader.rows(in: mailbox.id, .all) { flags[$0.uid] = $0.flags.rawValue }
                return try reader.bodies(in: mailbox.id, .all, upTo: .max).map { found in
                    (mailbox.name.text, found.uid, flags[found.uid] ?? -1, found.body)
                }
            }
        }
        return Set(
            try store.map { mailbox, uid, flags, body in
                let bytes: [UInt8]
                switch body {
                case .inline(let inline): bytes = inline
                case .file(let path, _): bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
                }
                let subject = ParsedMessage(bytes).header.decoded("Subject") ?? ""
                return Kept(mailbox: mailbox, uid: uid, flags: flags, subject: subject)
            })
    }

    private func damage(_ path: String, page: Int) throws {
        let file = try FileHandle.openForReading(path)
        let bytes = try file.read(at: 0, count: 1 << 30)
        var changed = bytes
        for offset in 0..<4_096 where page * 4_096 + offset < bytes.count {
            changed[page * 4_096 + offset] = UInt8(truncatingIfNeeded: offset &* 7 &+ 0x5a)
        }
        try Data(changed).write(to: URL(fileURLWithPath: path))
    }

    /// One page after the other is smashed: page 0 is the header, the next ones are the roots of the tables.
    @Test(arguments: Array(0..<34) + [40, 47, 55, 63, 70])
    func whatCanBeReadComesBack(_ page: Int) async throws {
        try await withStore { store, clock in
            try await fill(try store.account(AccountID(1)))
            let before = try await everything(try store.account(AccountID(1)))
            let validity = try await store.account(AccountID(1)).read { try $0.info("INBOX").uidValidity }
            clock.now += 1_000
            await store.close()
            try damage(path(store), page: page)
            let again = try MailStore(at: store.path, clock: { clock.now })
            let report = try await again.repair(account: AccountID(1))
            let account = try again.account(AccountID(1))
            #expect(try await account.check() == [])
            let after = try await everything(account)
            #expect(after.count == report.messages)
            let subjects = Set(before.map(\.subject))
            #expect(after.allSatisfy { subjects.contains($0.subject) || $0.subject == "expunged" })
            // A page holds so many of the small bodies; no page hides others.
            #expect(after.count >= before.count - 7)
            #expect(after.filter { $0.subject.hasPrefix("large") }.count == 2)
            let next = try await account.append(message("new"))
            let isSame = try await account.read { try $0.info("INBOX").uidValidity } == validity
            #expect(!isSame || !before.contains { $0.mailbox == "INBOX" && $0.uid >= next })
            if let aside = report.keptAside { #expect(FileManager.default.fileExists(atPath: aside)) }
            await again.close()
        }
    }

    @Test func aSoundAccountIsLeftAlone() async throws {
        try await withAccount { account, _ in
            try await fill(account)
            let before = try await everything(account)
            #expect(try await account.check() == [])
            #expect(try await everything(account) == before)
        }
    }

    @Test func wrongCountersAreCountedAgain() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            try await fill(account)
            let before = try await everything(account)
            try await account.write { try $0.database.execute("UPDATE account_state SET bytes_used=17") }
            let told = Mutex(ModSeq.zero)
            let watch = store.changes.subscribe(AccountID(1)) { modseq in told.withLock { $0 = modseq } }
            let old = try await account.read { try $0.modseq }
            let report = try await store.repair(account: AccountID(1))
            #expect(told.withLock { $0 } > old)
            watch.cancel()
            #expect(report.problems.count == 1)
            #expect(report.messages == before.count)
            #expect(try await account.check() == [])
            #expect(try await everything(account) == before)
            #expect(try await store.repair(account: AccountID(1)).problems == [])
        }
    }

    @Test func anInterruptedExchangeIsFinishedAtTheNextOpening() async throws {
        try await withStore { store, clock in
            try await fill(try store.account(AccountID(1)))
            let before = try await everything(try store.account(AccountID(1)))
            await store.close()
            let path = path(store)
            try FileManager.default.copyItem(atPath: path, toPath: path + "-repaired")
            try damage(path, page: 0)
            let again = try MailStore(at: store.path, clock: { clock.now })
            #expect(try await everything(try again.account(AccountID(1))) == before)
            #expect(!FileManager.default.fileExists(atPath: path + "-repaired"))
            let folder = (path as NSString).deletingLastPathComponent
            let kept = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
                $0.hasPrefix("db.damaged-")
            }
            #expect(kept.count == 1)
            await again.close()
        }
    }

    /// Large bodies are all that is left then, and they are found.
    @Test func aDatabaseThatIsGoneIsMadeFromTheFiles() async throws {
        try await withStore { store, clock in
            try await fill(try store.account(AccountID(1)))
            await store.close()
            let path = path(store)
            try FileManager.default.moveItem(atPath: path, toPath: path + "-wal")
            let again = try MailStore(at: store.path, clock: { clock.now })
            let report = try await again.repair(account: AccountID(1))
            #expect(report.problems == ["the database is gone, its log is still there"])
            #expect(report.messages == 2 && report.recovered == 2 && report.keptAside != nil)
            let account = try again.account(AccountID(1))
            #expect(try await account.check() == [])
            #expect(try await everything(account).map(\.subject).sorted() == ["large 0", "large 1"])
            #expect(try await account.read { try $0.mailboxes().count } == 7)
            await again.close()
        }
    }

    /// The mailbox for what has no home has unread mail already when more is found.
    @Test func whatIsFoundLaterIsUnreadToo() async throws {
        try await withStore { store, clock in
            var store = store
            for round in 1...2 as ClosedRange<UInt32> {
                let lost = try await store.account(AccountID(1)).append(message("lost \(round)"))
                try await store.account(AccountID(1)).write { transaction in
                    _ = try transaction.open()
                    try transaction.database("DELETE FROM mailbox_message WHERE mailbox_id=$1 AND uid=$2")
                        .run(try transaction.id("INBOX"), lost)
                }
                await store.close()
                store = try MailStore(at: store.path, clock: { clock.now })
                #expect(try await store.repair(account: AccountID(1)).recovered == 1)
                let account = try store.account(AccountID(1))
                try await account.append(message("the next write"), to: "Recovered", flags: [.system(.seen)])
                #expect(try await account.check() == [])
                let unseen = try await account.read { try $0.markedUnseen(in: try $0.id("Recovered"), around: .all) }
                #expect(unseen?.span == Int(round))
            }
            await store.close()
        }
    }

    @Test func anotherProcessThatHasItOpenIsWaitedFor() async throws {
        try await withStore { store, _ in
            try await fill(try store.account(AccountID(1)))
            // A lock of the open file conflicts with SQLite's own even in one process.
            let error = await storeError { _ = try RepairLock(path(store), attempts: 2) }
            #expect(error == .busy)
        }
    }

    @Test(
        arguments: [
            ("/var/lib/posthus/accounts/07/7/db", "mailctl store check --repair 7"),
            ("/var/lib/posthus/directory.db", nil), ("db", nil), ("/accounts/x/y/db", nil),
        ] as [(String, String?)])
    func theRemedyNamesTheAccount(_ file: String, _ remedy: String?) {
        let error = StoreError.damaged(file: file, detail: "x")
        #expect(error.remedy == remedy)
        #expect(error.description.contains("repair") == (remedy != nil))
        #expect(error.description.contains(file))
    }
}

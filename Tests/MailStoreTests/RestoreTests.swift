import Foundation
import MailMessage
import Testing

@testable import MailStore

/// What is removed can come back for a while, and costs nothing of the quota meanwhile.
@Suite struct RestoreTests {
    static let day: EpochSeconds = 86_400

    private func list(_ account: Account, _ selection: RestoreSelection = .init()) async throws -> [Restorable] {
        try await account.read { try $0.restorables(selection) }
    }

    private func rows(_ account: Account, _ mailbox: String) async throws -> [MessageRow] {
        try await account.read { reader in
            var rows: [MessageRow] = []
            try reader.rows(in: reader.id(mailbox), .all) { rows.append($0) }
            return rows
        }
    }

    private func expunge(_ account: Account, _ mailbox: String = "INBOX") async throws {
        try await account.write { transaction in
            let id = try transaction.id(mailbox)
            _ = try transaction.setFlags(in: id, .all, .add([.system(.deleted)]))
            _ = try transaction.expunge(in: id)
        }
    }

    private func restoreAll(_ account: Account, limit: QuotaLimit? = nil) async throws -> Int {
        let all = try await list(account).map(\.id)
        return try await account.write(limit: limit) { try $0.restore(all) }
    }

    @Test func anExpungedMessageComesBackAsItWas() async throws {
        try await withAccount { account, clock in
            let flags = [Flag.system(.seen), try keyword("$Work")]
            try await account.append(message("kept", size: 70), flags: flags)
            let before = try #require(try await rows(account, "INBOX").first)
            try await expunge(account)
            #expect(try await account.read { try $0.usage() } == AccountUsage(bytes: 0, messages: 0))
            try await account.collectGarbage()
            let gone = try #require(try await list(account).first)
            #expect(gone.place?.text == "INBOX" && !gone.isPlaceGone && gone.departure == .expunged)
            #expect(
                gone.keptUntil == clock.now + 14 * Self.day && String(decoding: gone.subject, as: UTF8.self) == "kept")
            #expect(try await restoreAll(account) == 1)
            let after = try #require(try await rows(account, "INBOX").first)
            #expect(after.uid > before.uid && after.flags == before.flags && after.receivedAt == before.receivedAt)
            #expect(try await account.read { try $0.usage() } == AccountUsage(bytes: 70, messages: 1))
            #expect(try await list(account) == [])
            #expect(try await account.check() == [])
        }
    }

    @Test func aDeletedFolderIsMadeAnew() async throws {
        try await withAccount { account, _ in
            try await account.write { _ = try $0.createMailbox(try name("Work/Old")) }
            for index in 0..<3 { try await account.append(message("\(index)"), to: "Work/Old") }
            let validity = try await account.read { try $0.info("Work/Old").uidValidity }
            try await account.write { try $0.deleteMailbox(try name("Work/Old")) }
            #expect(try await list(account).map(\.isPlaceGone) == [true, true, true])
            #expect(try await restoreAll(account) == 3)
            let made = try await account.read { try $0.info("Work/Old") }
            #expect(made.total == 3 && made.subscribed && made.uidValidity > validity)
            #expect(try await account.read { try $0.formerMailboxes().isEmpty })
            #expect(try await account.check() == [])
        }
    }

    @Test func aDeletedTrashGetsItsRoleBackWhereItIsFree() async throws {
        try await withAccount { account, _ in
            try await account.append(message(), to: "Trash")
            try await account.write { try $0.deleteMailbox(try name("Trash")) }
            _ = try await restoreAll(account)
            #expect(try await account.read { try $0.info("Trash").role } == .trash)
            #expect(try await rows(account, "Trash").map { $0.trashedAt != nil } == [true])
        }
    }

    @Test func aRenamedFolderIsFoundByItsNumber() async throws {
        try await withAccount { account, _ in
            try await account.append(message(), to: "Archive")
            try await expunge(account, "Archive")
            try await account.write { try $0.renameMailbox(from: try name("Archive"), to: try name("Cellar")) }
            #expect(try await list(account).map(\.place?.text) == ["Cellar"])
            _ = try await restoreAll(account)
            #expect(try await rows(account, "Cellar").count == 1)
        }
    }

    @Test func selections() async throws {
        try await withAccount { account, clock in
            for box in ["INBOX", "Archive"] {
                try await account.append(message(box), to: box)
                try await expunge(account, box)
                clock.now += 100
            }
            var selection = RestoreSelection()
            selection.mailbox = try name("Archive")
            #expect(try await list(account, selection).count == 1)
            selection = RestoreSelection()
            selection.since = clock.now - 100
            #expect(try await list(account, selection).map(\.place?.text) == ["Archive"])
            selection = RestoreSelection()
            selection.messages = [try #require(try await list(account).first).id]
            #expect(try await list(account, selection).map(\.place?.text) == ["INBOX"])
        }
    }

    @Test func anotherPlaceCanBeNamed() async throws {
        try await withAccount { account, _ in
            try await account.append(message())
            try await expunge(account)
            let all = try await list(account).map(\.id)
            try await account.write { _ = try $0.restore(all, into: try name("Found")) }
            #expect(try await rows(account, "Found").count == 1)
        }
    }

    @Test func theLimitHolds() async throws {
        try await withAccount { account, _ in
            try await account.append(message(size: 100))
            try await expunge(account)
            let error = await storeError { _ = try await restoreAll(account, limit: QuotaLimit(bytes: 99)) }
            #expect(error == .overQuota(.tooLargeForAccount))
            #expect(try await list(account).count == 1)
            #expect(try await restoreAll(account, limit: QuotaLimit(bytes: 100)) == 1)
        }
    }

    @Test func sharedBytesStayUntilTheLastIsGone() async throws {
        try await withAccount { account, clock in
            try await account.append(message(size: 300_000))
            try await account.write { _ = try $0.copy(.all, from: $0.id("INBOX"), to: $0.id("Archive")) }
            try await expunge(account)
            clock.now += 15 * Self.day
            #expect(try await account.write { try $0.reclaim($0.reclaimable(limit: 10)) }.messages == 1)
            #expect(try await account.check() == [])
            #expect(try await rows(account, "Archive").count == 1)
        }
    }

    @Test func afterTheWindowTheBytesGo() async throws {
        try await withAccount { account, clock in
            try await account.append(message(size: 5_000))
            try await account.append(message(size: 300_000))
            try await expunge(account)
            clock.now += 14 * Self.day - 1
            #expect(try await account.write { try $0.reclaim($0.reclaimable(limit: 10)) }.messages == 0)
            clock.now += 1
            #expect(try await account.write { try $0.reclaim($0.reclaimable(limit: 1)) }.messages == 1)
            #expect(try await account.write { try $0.reclaim($0.reclaimable(limit: 10)) }.messages == 1)
            #expect(try await list(account) == [])
            #expect(try await account.read { try $0.blobCount() } == 0)
            #expect(try await account.check() == [])
        }
    }

    @Test func forgettingIsForGood() async throws {
        try await withAccount { account, _ in
            try await account.append(message())
            try await expunge(account)
            let all = try await list(account).map(\.id)
            try await account.write { try $0.forget(all) }
            #expect(try await list(account) == [])
            try await account.collectGarbage()
            #expect(try await account.read { try $0.blobCount() } == 0)
        }
    }

    @Test func aChoiceMayEndAtAMoment() async throws {
        try await withAccount { account, clock in
            try await account.append(message("first"))
            try await expunge(account)
            clock.now += 1
            try await account.append(message("second"))
            try await expunge(account)
            var (before, then) = (RestoreSelection(), RestoreSelection())
            (before.until, then.since) = (clock.now - 1, clock.now)
            for (selection, subject) in [(before, "first"), (then, "second")] {
                #expect(!selection.isEverything)
                #expect(
                    try await list(account, selection).map { String(decoding: $0.subject, as: UTF8.self) } == [subject])
            }
            #expect(RestoreSelection().isEverything)
        }
    }

    /// A client that saves its draft every minute leaves nothing behind.
    @Test(arguments: [("Drafts", FlagBits()), ("INBOX", .draft), ("Drafts/sub", .draft)])
    func draftsAreNotKept(_ box: String, _ flag: FlagBits) async throws {
        try await withAccount { account, _ in
            try await account.write { _ = try $0.createMailbox(try name("Drafts/sub")) }
            try await account.append(message(), to: box, flags: [.system(flag)])
            try await expunge(account, box)
            #expect(try await list(account) == [])
        }
    }

    @Test func aDraftInTheTrashIsKept() async throws {
        try await withAccount { account, _ in
            try await account.append(message(), to: "Trash", flags: [.system(.draft)])
            try await expunge(account, "Trash")
            #expect(try await list(account).count == 1)
        }
    }

    @Test func whatGoesElsewhereIsNotKept() async throws {
        try await withAccount { account, _ in
            try await account.append(message())
            try await account.write { _ = try $0.remove(in: $0.id("INBOX"), .all) }
            #expect(try await list(account) == [])
        }
    }

    @Test func theOldestGivesWayBeyondTheBound() async throws {
        var options = MailStore.Options()
        options.restore = RestorePolicy(seconds: 1_000, bytes: 250)
        try await withStore(options: options) { store, clock in
            let account = try store.account(AccountID(1))
            for index in 0..<4 {
                try await account.append(message("\(index)", size: 100))
                try await expunge(account)
                clock.now += 1
            }
            #expect(
                try await eventually {
                    try await list(account).map { String(decoding: $0.subject, as: UTF8.self) } == ["2", "3"]
                })
            #expect(try await account.check() == [])
        }
    }

    @Test func nothingGivesWayInAnAccountThatIsHeld() async throws {
        var options = MailStore.Options()
        options.restore = RestorePolicy(seconds: 1_000, bytes: 50)
        try await withStore(options: options) { store, _ in
            let ids = try await store.directory.write { transaction in
                _ = try transaction.addDomain(try #require(MailDomain("uni.example")))
                return try ["held", "free"].map {
                    try transaction.addAccount(NewAccount(address: try #require(EmailAddress("\($0)@uni.example"))))
                }
            }
            let hold = RetentionRule(hold: RetentionHold(since: 1, reason: "case 7"))
            try await store.directory.write { try $0.setRetention(hold, of: .account(ids[0])) }
            // The second time the other one has been emptied, the round that had the held one is over.
            for id in [ids[0], ids[1], ids[1]] {
                let account = try store.account(id)
                try await account.append(message(size: 100))
                try await expunge(account)
                if id != ids[0] { #expect(try await eventually { try await list(account).isEmpty }) }
            }
            #expect(try await list(try store.account(ids[0])).count == 1)
        }
    }

    @Test func whatThePurgeTookDoesNotGiveWay() async throws {
        var options = MailStore.Options()
        options.restore = RestorePolicy(seconds: 1_000, bytes: 250)
        try await withStore(options: options) { store, clock in
            let account = try store.account(AccountID(1))
            for _ in 0..<4 { try await account.append(message(size: 100), to: "Trash") }
            let moment = clock.now
            try await account.write { try $0.purge(try $0.due(.trash(moment))) }
            #expect(try await list(account).map(\.departure) == [.purged, .purged, .purged, .purged])
            #expect(try await account.check() == [])
        }
    }

    @Test func aWindowOfNothingKeepsNothing() async throws {
        var options = MailStore.Options()
        options.restore = RestorePolicy(seconds: 0)
        try await withStore(options: options) { store, _ in
            let account = try store.account(AccountID(1))
            try await account.append(message())
            try await expunge(account)
            #expect(try await list(account) == [])
        }
    }

    @Test func theHintsFollow() async throws {
        try await withAccount { account, clock in
            try await account.append(message(), to: "Junk")
            try await account.append(message())
            try await expunge(account)
            let expiry = try await account.read { try $0.expiry() }
            #expect(expiry == ExpiryHints(junkedSince: clock.now, reclaimFrom: clock.now + 14 * Self.day))
        }
    }

    @Test func aRepairKeepsWhatCanBeRestored() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            try await account.write { _ = try $0.createMailbox(try name("Gone")) }
            try await account.append(message("from a folder", size: 500), to: "Gone")
            try await account.append(message("expunged", size: 400))
            try await account.append(message("stays"))
            try await account.write { try $0.deleteMailbox(try name("Gone")) }
            try await account.write { transaction in
                _ = try transaction.remove(in: transaction.id("INBOX"), uids(1), as: .expunged)
            }
            _ = try await account.rebuild([])
            #expect(try await list(account).map(\.place?.text) == ["Gone", "INBOX"])
            #expect(try await account.check() == [])
            #expect(try await restoreAll(account) == 2)
            #expect(try await account.check() == [])
        }
    }
}

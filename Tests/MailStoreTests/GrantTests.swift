import MailMessage
import Testing

@testable import MailStore

@Suite("Shared mailboxes")
struct GrantTests {
    static let (anna, bo) = (AccountID(1), AccountID(2))
    static let boAlone = Viewer(account: bo, organisation: nil)
    static let boOfThree = Viewer(account: bo, organisation: OrganisationID(3))
    static let group = Grantee.organisation(OrganisationID(3))

    struct Row: Sendable {
        let grants: [Grant]
        let viewer: Viewer
        let rights: String
    }

    @Test(
        "what is given to a person and a group, less what is taken from either",
        arguments: [
            Row(grants: [], viewer: boOfThree, rights: ""),
            Row(grants: [Grant(.account(bo), [.lookUp, .read])], viewer: boAlone, rights: "lr"),
            Row(grants: [Grant(.account(anna), [.lookUp])], viewer: boAlone, rights: ""),
            Row(grants: [Grant(group, [.lookUp])], viewer: boAlone, rights: ""),
            Row(grants: [Grant(group, [.lookUp]), Grant(.account(bo), [.read])], viewer: boOfThree, rights: "lr"),
            Row(
                grants: [Grant(group, .all), Grant(.account(bo), isNegative: true, [.write, .administer])],
                viewer: boOfThree, rights: "lrsipkxte"),
            Row(
                grants: [Grant(.account(bo), [.lookUp, .read]), Grant(group, isNegative: true, [.read])],
                viewer: boOfThree, rights: "l"),
            Row(grants: [Grant(.account(bo), isNegative: true, .all)], viewer: boOfThree, rights: ""),
        ])
    func sums(row: Row) async throws {
        try await withAccount { account, _ in
            try await account.write { transaction in
                let inbox = try transaction.id("INBOX")
                for grant in row.grants {
                    try transaction.change(
                        GrantChange(grant.grantee, isNegative: grant.isNegative, .replace, grant.rights), on: inbox)
                }
            }
            let (one, all) = try await account.read {
                (try $0.rights(of: row.viewer, on: try $0.id("INBOX")), try $0.rights(of: row.viewer))
            }
            #expect(one.description == row.rights)
            #expect(all.values.map(\.description) == (row.rights.isEmpty ? [] : [row.rights]))
        }
    }

    @Test func entriesAreAddedToAndTakenFrom() async throws {
        try await withAccount { account, _ in
            let steps: [(GrantMode, MailboxRights, String)] = [
                (.add, [.lookUp, .read], "lr"), (.add, [.write], "lrw"), (.remove, [.read, .insert], "lw"),
                (.replace, [.insert], "i"), (.remove, [.insert], ""),
            ]
            for (mode, rights, expected) in steps {
                let after = try await account.write { transaction in
                    try transaction.change(
                        GrantChange(.account(Self.bo), mode, rights), on: try transaction.id("INBOX")
                    ).after
                }
                #expect(after.description == expected)
            }
            #expect(try await account.read { try $0.grants(on: try $0.id("INBOX")) }.isEmpty)
        }
    }

    @Test func theListGoesWithTheMailboxAndIsInherited() async throws {
        try await withAccount { account, _ in
            try await account.write { transaction in
                let parent = try transaction.createMailbox(name("Team"))
                try transaction.change(GrantChange(.account(Self.bo), .add, [.lookUp]), on: parent.id)
                try transaction.createMailbox(name("Team/a/b"))
                try transaction.renameMailbox(from: name("Team"), to: name("Group"))
            }
            let lists = try await account.read { reader in
                try ["Group", "Group/a", "Group/a/b"].map { try reader.grants(on: try reader.id($0)) }
            }
            #expect(lists == Array(repeating: [Grant(.account(Self.bo), [.lookUp])], count: 3))
            try await account.write { try $0.deleteMailbox(name("Group/a/b")) }
            try await account.write { transaction in
                try transaction.change(GrantChange(.account(Self.bo), .replace, []), on: try transaction.id("Group"))
                try transaction.change(GrantChange(.account(Self.bo), .replace, []), on: try transaction.id("Group/a"))
            }
            #expect(try await account.read { try $0.grantees() }.isEmpty)
        }
    }

    @Test func aListHasAnEnd() async throws {
        try await withAccount { account, _ in
            let full = try await account.write { transaction in
                let inbox = try transaction.id("INBOX")
                for number in 0..<AccountTransaction.grantLimit {
                    try transaction.change(
                        GrantChange(.account(AccountID(Int64(number) + 10)), .add, [.lookUp]), on: inbox)
                }
                return inbox
            }
            let error = await storeError {
                _ = try await account.write { try $0.change(GrantChange(.account(Self.bo), .add, [.lookUp]), on: full) }
            }
            #expect(error == .notPermitted("The mailbox is shared with too many"))
            // What is there can still be changed.
            try await account.write {
                try $0.change(GrantChange(.account(AccountID(10)), .add, [.read]), on: full)
            }
        }
    }

    /// The hint names at least everybody who is given something.
    @Test func hintsFollowTheGrants() async throws {
        try await withStore { store, _ in
            let (owner, guest) = try await Self.twoAccounts(store)
            let inbox: @Sendable (AccountReader) throws -> MailboxInfo = { try $0.info("INBOX") }
            let archive: @Sendable (AccountReader) throws -> MailboxInfo = { try $0.info("Archive") }
            func owners() async throws -> [AccountID] {
                try await store.directory.sharedAccess(of: guest).owners.map(\.id)
            }
            let give = GrantChange(.account(guest), .add, [.lookUp])
            let take = GrantChange(.account(guest), .replace, [])
            #expect(try await owners() == [])
            _ = try await store.share(owner, by: "test", give, find: inbox)
            _ = try await store.share(owner, by: "test", give, find: archive)
            #expect(try await owners() == [owner])
            _ = try await store.share(owner, by: "test", take, find: inbox)
            #expect(try await owners() == [owner])
            _ = try await store.share(owner, by: "test", take, find: archive)
            #expect(try await owners() == [])

            // A mailbox that goes takes its grants along; the hint that stays gives nothing and is put right.
            _ = try await store.share(owner, by: "test", give, find: archive)
            try await store.account(owner).write { try $0.deleteMailbox(name("Archive")) }
            #expect(try await owners() == [owner])
            #expect(try await store.refreshShares(of: owner))
            #expect(try await owners() == [])

            // As after a directory.db from yesterday.
            try await store.account(owner).write { try $0.change(give, on: try $0.id("INBOX")) }
            #expect(try await owners() == [])
            #expect(try await store.refreshShares(of: owner))
            #expect(try await owners() == [owner])
            #expect(try await !store.refreshShares(of: owner))
        }
    }

    @Test func aRefusedChangeLeavesNoHint() async throws {
        try await withStore { store, _ in
            let (owner, guest) = try await Self.twoAccounts(store)
            let error = await storeError {
                _ = try await store.share(
                    owner, by: "test", GrantChange(.account(guest), .add, [.lookUp])
                ) { _ in throw StoreError.noRights }
            }
            #expect(error == .noRights)
            #expect(try await store.directory.sharedAccess(of: guest).owners == [])
        }
    }

    @Test func sendingForSomebodyElseIsAPermissionOfItsOwn() async throws {
        try await withStore { store, _ in
            let (owner, guest) = try await Self.twoAccounts(store)
            #expect(try await !store.directory.maySend(guest, as: owner))
            #expect(try await store.directory.write { try $0.setSendAs(owner, by: guest, true) })
            #expect(try await !store.directory.write { try $0.setSendAs(owner, by: guest, true) })
            #expect(try await store.directory.maySend(guest, as: owner))
            #expect(try await !store.directory.maySend(owner, as: guest))
            #expect(try await store.directory.write { try $0.setSendAs(owner, by: guest, false) })
            #expect(try await !store.directory.maySend(guest, as: owner))
        }
    }

    /// Bodies in rows and in files, flags, keywords and dates arrive in another account's database.
    @Test func messagesCrossFromOneAccountToAnother() async throws {
        try await withStore { store, clock in
            let (source, target) = (try store.account(Self.anna), try store.account(Self.bo))
            let sizes = [100, MessageBody.fileThreshold + 1, 5_000]
            for size in sizes {
                try await source.append(
                    message("m\(size)", size: size), flags: [.system(.seen), .system(.deleted), keyword("plan")])
            }
            clock.now = 2_000_000
            let parcel = try await source.read { try $0.pack(.all, of: try $0.id("INBOX")) }
            #expect(parcel.items.count == 3)
            let rights: MailboxRights = [.insert, .write]
            let arrived = try await target.write { try $0.unpack(parcel, into: try $0.id("Trash"), with: rights) }
            #expect(arrived.pairs.map(\.source) == [try uid(1), try uid(2), try uid(3)])
            #expect(arrived.pairs.map(\.destination) == [try uid(1), try uid(2), try uid(3)])
            let found = try await target.read { reader in
                let trash = try reader.id("Trash")
                let names = try reader.keywords()
                return try arrived.pairs.map { pair in
                    let row = try #require(try reader.row(in: trash, uid: pair.destination))
                    #expect(names.names(of: row.flags) == ["plan"])
                    #expect(row.receivedAt == 500 && row.savedAt == 2_000_000 && row.trashedAt == 2_000_000)
                    return try reader.body(of: trash, uid: pair.destination).size
                }
            }
            #expect(found == sizes.map(Int64.init))
            #expect(try await target.check() == [])
            // The copy stands on its own.
            try await source.write { _ = try $0.remove(in: try $0.id("INBOX"), .all) }
            try await source.collectGarbage()
            #expect(try await target.check() == [])
        }
    }

    @Test func parcelsAreBounded() async throws {
        try await withAccount { account, _ in
            for number in 0..<3 { try await account.append(message("m\(number)", size: 200_000)) }
            try await account.write { transaction in
                let inbox = try transaction.id("INBOX")
                for _ in 0..<10 {
                    _ = try transaction.copy(.all, from: inbox, to: try transaction.id("Archive"))
                }
            }
            var (rest, counts) = (UIDSet.all, [Int]())
            while !rest.isEmpty {
                let left = rest
                let parcel = try await account.read { try $0.pack(left, of: try $0.id("Archive")) }
                counts.append(parcel.items.count)
                rest = parcel.rest
                if parcel.items.isEmpty { break }
            }
            #expect(counts.reduce(0, +) == 30)
            #expect(counts.count > 1 && counts.allSatisfy { $0 * 200_000 < MessageParcel.bodyLimit + 200_001 })
        }
    }

    private static func twoAccounts(_ store: MailStore) async throws -> (owner: AccountID, guest: AccountID) {
        try await store.directory.write { transaction in
            let domain = try #require(MailDomain("example.test"))
            _ = try transaction.addDomain(domain)
            let ids = try ["anna", "bo"].map { user in
                let address = try #require(EmailAddress("\(user)@example.test"))
                return try transaction.addAccount(NewAccount(address: address))
            }
            return (ids[0], ids[1])
        }
    }
}

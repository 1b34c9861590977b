import MailMessage
import Testing

@testable import MailStore

@Suite struct AccountMailboxTests {
    @Test func aNewAccountHasTheSixMailboxes() async throws {
        try await withAccount { account, _ in
            let mailboxes = try await account.read { try $0.mailboxes() }
            #expect(mailboxes.map(\.name.text) == ["Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash"])
            #expect(mailboxes.map(\.role) == [.archive, .drafts, .inbox, .junk, .sent, .trash])
            for mailbox in mailboxes {
                #expect(mailbox.subscribed && !mailbox.hasChildren)
                #expect(mailbox.uidNext == .first && mailbox.total == 0 && mailbox.bytes == 0)
            }
            #expect(Set(mailboxes.map(\.uidValidity)).count == 6)
        }
    }

    @Test func parentsAreMadeOnTheWay() async throws {
        try await withAccount { account, _ in
            let made = try await account.write { try $0.createMailbox(try name("a/b/c")) }
            #expect(made.name.text == "a/b/c" && !made.subscribed)
            let names = try await account.read { try $0.mailboxes().map(\.name.text) }
            #expect(names.filter { $0.hasPrefix("a") } == ["a", "a/b", "a/b/c"])
            #expect(try await account.read { try $0.info("a").hasChildren })
            let again = await storeError { _ = try await account.write { try $0.createMailbox(try name("a/b")) } }
            #expect(again == .mailboxExists(try name("a/b")))
        }
    }

    @Test func uidValidityOnlyGrows() async throws {
        try await withAccount { account, clock in
            var last: UInt32 = 0
            for turn in 0..<5 {
                if turn == 3 { clock.now -= 500 }  // a clock that was set back changes nothing
                let made = try await account.write { try $0.createMailbox(try name("x")) }
                #expect(made.uidValidity > last)
                last = made.uidValidity
                try await account.write { try $0.deleteMailbox(try name("x")) }
            }
        }
    }

    @Test func deletionHasItsLimits() async throws {
        try await withAccount { account, _ in
            try await account.write { try $0.createMailbox(try name("a/b")) }
            func delete(_ text: String) async -> StoreError? {
                await storeError { try await account.write { try $0.deleteMailbox(try name(text)) } }
            }
            #expect(await delete("INBOX") == .notPermitted("INBOX cannot be deleted"))
            #expect(await delete("a") == .mailboxHasChildren)
            #expect(await delete("none") == .noSuchMailbox(try name("none")))
            try await account.append(message(size: 100), to: "a/b")
            let id = try await account.read { try $0.id("a/b") }
            try await account.write { try $0.deleteMailbox(try name("a/b")) }
            #expect(try await account.read { try $0.usage() } == AccountUsage(bytes: 0, messages: 0))
            #expect(
                await storeError { _ = try await account.read { try $0.changes(in: id, since: .zero) } }
                    == .noSuchMailbox(nil))
            try await account.write { try $0.deleteMailbox(try name("Junk")) }
            #expect(try await account.check() == [])
        }
    }

    @Test func aTreeMovesAsOne() async throws {
        try await withAccount { account, _ in
            try await account.write { try $0.createMailbox(try name("old/in/deep")) }
            let uid = try await account.append(message(), to: "old/in")
            let before = try await account.read { try $0.info("old/in") }
            try await account.write { try $0.renameMailbox(from: try name("old"), to: try name("new/place")) }
            let after = try await account.read { try $0.info("new/place/in") }
            #expect(after.id == before.id && after.uidValidity == before.uidValidity)
            #expect(try await account.read { try $0.uids(in: after.id) } == [uid])
            #expect(try await account.read { try $0.mailbox(try name("old")) } == nil)
            #expect(try await account.read { try $0.info("new/place/in/deep").total } == 0)
        }
    }

    @Test(arguments: [
        ("none", "x", "no such mailbox: none"), ("a", "INBOX", "mailbox exists: INBOX"),
        ("a", "a/b", "not permitted: a mailbox cannot move below itself"), ("a", "Trash", "mailbox exists: Trash"),
    ])
    func renamesThatCannotBe(_ old: String, _ new: String, _ expected: String) async throws {
        try await withAccount { account, _ in
            try await account.write { try $0.createMailbox(try name("a")) }
            let error = await storeError {
                try await account.write { try $0.renameMailbox(from: try name(old), to: try name(new)) }
            }
            #expect(error?.description == expected)
        }
    }

    @Test func aRenameThatWouldMakeNamesTooLongIsRefused() async throws {
        try await withAccount { account, _ in
            let long = String(repeating: "n", count: 250)
            try await account.write { try $0.createMailbox(try name("a/\(long)/\(long)")) }
            let error = await storeError {
                try await account.write { try $0.renameMailbox(from: try name("a"), to: try name("\(long)/\(long)")) }
            }
            #expect(error == .notPermitted("a name below the new one would be too long"))
            #expect(try await account.read { try $0.mailbox(try name(long)) } == nil)
        }
    }

    @Test func renamingINBOXMovesItsMessages() async throws {
        try await withAccount { account, _ in
            for _ in 0..<3 { try await account.append(message(size: 50)) }
            try await account.write { try $0.renameMailbox(from: .inbox, to: try name("2025/mail")) }
            let (inbox, moved) = try await account.read { (try $0.info("INBOX"), try $0.info("2025/mail")) }
            #expect(inbox.total == 0 && inbox.role == .inbox && moved.role == nil)
            #expect(moved.total == 3 && moved.bytes == 150)
            #expect(try await account.append(message()) == uid(4))
            #expect(try await account.check() == [])
        }
    }

    @Test func eachRoleIsHeldOnce() async throws {
        try await withAccount { account, _ in
            let taken = await storeError {
                _ = try await account.write { try $0.createMailbox(try name("Bin"), role: .trash) }
            }
            #expect(taken == .exists("a mailbox with the role trash"))
            try await account.write { transaction in
                try transaction.setRole(nil, of: try transaction.id("Trash"))
                try transaction.createMailbox(try name("Bin"), role: .trash)
            }
            #expect(try await account.read { try $0.mailbox(role: .trash)?.name.text } == "Bin")
            let fixed = await storeError { try await account.write { try $0.setRole(.junk, of: try $0.id("INBOX")) } }
            #expect(fixed == .notPermitted("the role of INBOX is fixed"))
        }
    }

    @Test func subscriptionsAreNamesOfTheirOwn() async throws {
        try await withAccount { account, _ in
            try await account.write { transaction in
                try transaction.subscribe(try name("not/there"), true)
                try transaction.subscribe(try name("Junk"), false)
                try transaction.deleteMailbox(try name("Archive"))
            }
            let names = try await account.read { try $0.subscriptions() }
            #expect(names.map(\.text).sorted() == ["Archive", "Drafts", "INBOX", "Sent", "Trash", "not/there"])
            #expect(try await account.read { try $0.info("Junk").subscribed } == false)
        }
    }
}

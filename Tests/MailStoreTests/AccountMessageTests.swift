import MailMessage
import Testing

@testable import MailStore

@Suite struct AccountMessageTests {
    @Test func appendingCountsAndNumbers() async throws {
        try await withAccount { account, clock in
            let result = try await account.write { transaction in
                let inbox = try transaction.id("INBOX")
                _ = try transaction.append(message(size: 100), to: inbox, flags: [.system(.seen)], receivedAt: 7)
                return try transaction.append(
                    message(size: 200), to: inbox, flags: [try keyword("$Todo"), .system(.deleted)], receivedAt: 8)
            }
            let (info, rows, keywords) = try await account.read { reader in
                var rows: [MessageRow] = []
                try reader.rows(in: reader.id("INBOX"), .all) { rows.append($0) }
                return (try reader.info("INBOX"), rows, try reader.keywords())
            }
            #expect(result.uid == (try uid(2)) && result.uidValidity == info.uidValidity)
            #expect(info.total == 2 && info.unseen == 1 && info.deleted == 1 && info.bytes == 300)
            #expect(info.uidNext == (try uid(3)) && info.highestModSeq == result.modseq)
            #expect(rows.map(\.size) == [100, 200] && rows.map(\.receivedAt) == [7, 8])
            #expect(rows.allSatisfy { $0.savedAt == clock.now && $0.modseq == result.modseq && $0.trashedAt == nil })
            #expect(keywords.names(of: rows[1].flags) == ["\\Deleted", "$Todo"])
        }
    }

    @Test func oneWriteIsOneModSeq() async throws {
        try await withAccount { account, _ in
            let start = try await account.read { try $0.modseq }
            try await account.write { transaction in
                for _ in 0..<3 { _ = try transaction.append(message(), to: transaction.id("INBOX"), receivedAt: 1) }
            }
            #expect(try await account.read { try $0.modseq.value } == start.value + 1)
            _ = try await account.write { try $0.setFlags(in: $0.id("INBOX"), .all, .remove([.system(.seen)])) }
            _ = try await account.write { try $0.expunge(in: $0.id("INBOX")) }
            #expect(try await account.read { try $0.modseq.value } == start.value + 1)
        }
    }

    @Test(
        arguments: [
            (FlagChange.add([.system(.seen)]), [0b1, 0b1, 0b1001], 1),
            (.remove([.system(.deleted)]), [0, 1, 1], 1), (.replace([.system(.flagged)]), [4, 4, 4], 3),
            (.replace([]), [0, 0, 0], 2), (.remove([.system(.draft)]), [0, 1, 9], 0),
        ] as [(FlagChange, [Int64], Int)])
    func flagsChange(_ change: FlagChange, _ expected: [Int64], _ changed: Int) async throws {
        try await withAccount { account, _ in
            for flags in [[], [Flag.system(.seen)], [.system(.seen), .system(.deleted)]] {
                try await account.append(message(), flags: flags)
            }
            let outcome = try await account.write { try $0.setFlags(in: $0.id("INBOX"), .all, change) }
            #expect(outcome.changed.count == changed && outcome.failed.isEmpty)
            let rows = try await account.read { try $0.allRows("INBOX") }
            #expect(rows.map(\.flags.rawValue) == expected)
            #expect(rows.filter { $0.modseq == outcome.modseq }.map(FlagRow.init) == outcome.changed)
            #expect(try await account.check() == [])
        }
    }

    @Test func unchangedSinceHoldsBack() async throws {
        try await withAccount { account, _ in
            for _ in 0..<3 { try await account.append(message()) }
            let seen = try await account.read { try $0.modseq }
            _ = try await account.write { try $0.setFlags(in: $0.id("INBOX"), uids(2), .add([.system(.flagged)])) }
            let outcome = try await account.write {
                try $0.setFlags(in: $0.id("INBOX"), .all, .add([.system(.seen)]), unchangedSince: seen)
            }
            #expect(outcome.failed == uids(2))
            #expect(outcome.changed.map(\.uid.value) == [1, 3])
            #expect(try await account.read { try $0.allRows("INBOX").map(\.flags.rawValue) } == [1, 4, 1])
        }
    }

    @Test func keywordsEndAtFiftyFour() async throws {
        try await withAccount { account, _ in
            try await account.append(message())
            func add(_ index: Int) async throws {
                _ = try await account.write {
                    try $0.setFlags(
                        in: $0.id("INBOX"), .all, .add([try keyword("k\(index)"), try keyword("K\(index)")]))
                }
            }
            for index in 1...54 { try await add(index) }
            #expect(await storeError { try await add(55) } == .tooManyKeywords)
            try await add(54)
            let (table, row) = try await account.read { (try $0.keywords(), try $0.allRows("INBOX")[0]) }
            #expect(table.names.count == 54 && table.names(of: row.flags).count == 54)
        }
    }

    @Test func copyMakesNewMessagesOfTheSameBytes() async throws {
        try await withAccount { account, clock in
            for size in [100, 200, 300] {
                try await account.append(message("s\(size)", size: size), flags: [.system(.seen)])
            }
            clock.now += 10
            let result = try await account.write { try $0.copy(uids(1, 3), from: $0.id("INBOX"), to: $0.id("Archive")) }
            #expect(result.pairs.map { [$0.source.value, $0.destination.value] } == [[1, 1], [3, 2]])
            let (old, new, info) = try await account.read {
                (try $0.allRows("INBOX"), try $0.allRows("Archive"), try $0.info("Archive"))
            }
            #expect(new.map(\.size) == [100, 300] && new.map(\.flags) == [.seen, .seen])
            #expect(new.map(\.receivedAt) == [500, 500] && new.map(\.savedAt) == [clock.now, clock.now])
            #expect(Set(old.map(\.messageID)).isDisjoint(with: new.map(\.messageID)))
            #expect(info.uidValidity == result.uidValidity && info.bytes == 400)
            // The bytes stay while one of the two does.
            _ = try await account.write { try $0.remove(in: $0.id("INBOX"), .all) }
            try await account.collectGarbage()
            #expect(
                try await account.read { try $0.body(of: $0.id("Archive"), uid: uid(2)) }
                    == message("s300", size: 300).body)
            #expect(try await account.read { try $0.usage() } == AccountUsage(bytes: 400, messages: 2))
            #expect(try await account.check() == [])
        }
    }

    @Test func moveKeepsTheMessage() async throws {
        try await withAccount { account, _ in
            for _ in 0..<4 { try await account.append(message(size: 10)) }
            let before = try await account.read { try $0.allRows("INBOX") }
            let since = try await account.read { try $0.modseq }
            let result = try await account.write { try $0.move(uids(2, 3), from: $0.id("INBOX"), to: $0.id("Archive")) }
            let (left, moved, changes) = try await account.read {
                (try $0.allRows("INBOX"), try $0.allRows("Archive"), try $0.changes(in: $0.id("INBOX"), since: since))
            }
            #expect(left == [before[0], before[3]])
            #expect(moved.map(\.messageID) == [before[1].messageID, before[2].messageID])
            #expect(changes.vanished == uids(2, 3) && changes.changed.isEmpty)
            #expect(changes.highestModSeq == result.modseq && changes.total == 2)
            #expect(try await account.check() == [])
        }
    }

    @Test func aMoveWithinOneMailboxGivesNewUIDs() async throws {
        try await withAccount { account, _ in
            for _ in 0..<2 { try await account.append(message(size: 10)) }
            let result = try await account.write { try $0.move(.all, from: $0.id("INBOX"), to: $0.id("INBOX")) }
            #expect(result.pairs.map(\.destination.value) == [3, 4])
            #expect(try await account.read { try $0.uids(in: $0.id("INBOX")).map(\.value) } == [3, 4])
            #expect(try await account.check() == [])
        }
    }

    @Test func expungeTakesOnlyWhatIsDeleted() async throws {
        try await withAccount { account, _ in
            for index in 1...6 {
                try await account.append(message(), flags: index.isMultiple(of: 2) ? [] : [.system(.deleted)])
            }
            let since = try await account.read { try $0.modseq }
            #expect(try await account.write { try $0.expunge(in: $0.id("INBOX"), uids(1, 2, 3)) } == uids(1, 3))
            #expect(try await account.write { try $0.expunge(in: $0.id("INBOX")) } == uids(5))
            #expect(try await account.write { try $0.expunge(in: $0.id("INBOX")) } == [])
            let changes = try await account.read { try $0.changes(in: $0.id("INBOX"), since: since) }
            #expect(changes.vanished == uids(1, 3, 5) && changes.isComplete)
            #expect(try await account.append(message()) == uid(7))
            #expect(try await account.check() == [])
        }
    }

    @Test func aUIDIsNeverGivenAgain() async throws {
        try await withAccount { account, _ in
            for expected in 1...5 as ClosedRange<UInt32> {
                #expect(try await account.append(message()) == uid(expected))
                _ = try await account.write { try $0.remove(in: $0.id("INBOX"), .all) }
                try await account.collectGarbage()
            }
        }
    }

    @Test func whenUIDsAreUsedUpTheMailboxSaysSo() async throws {
        try await withAccount { account, _ in
            try await account.write { try $0.database.execute("UPDATE mailbox SET uidnext=4294967295") }
            #expect(try await account.append(message()) == .last)
            let error = await storeError { try await account.append(message()) }
            #expect(error == .notPermitted("the mailbox has used all UIDs"))
            #expect(try await account.read { try $0.info("INBOX").uidNext } == .last)
            #expect(try await account.check() == [])
        }
    }

    @Test func changesTellNewAndChanged() async throws {
        try await withAccount { account, _ in
            for _ in 0..<3 { try await account.append(message()) }
            let since = try await account.read { try $0.info("INBOX").highestModSeq }
            try await account.append(message(), to: "Archive")
            let none = try await account.read { try $0.changes(in: $0.id("INBOX"), since: since) }
            #expect(none.changed.isEmpty && none.vanished.isEmpty && none.highestModSeq == since)
            _ = try await account.write { try $0.setFlags(in: $0.id("INBOX"), uids(3), .add([.system(.seen)])) }
            _ = try await account.write { try $0.setFlags(in: $0.id("INBOX"), uids(1), .add([.system(.seen)])) }
            try await account.append(message())
            let some = try await account.read { try $0.changes(in: $0.id("INBOX"), since: since) }
            #expect(some.changed.map(\.uid.value) == [1, 3, 4])
            #expect(some.uidNext == (try uid(5)) && some.unseen == 2 && some.total == 4)
            let later = try await account.read { reader in
                var found: [UInt32] = []
                try reader.rows(in: reader.id("INBOX"), uids(1, 2, 4), changedSince: since) {
                    found.append($0.uid.value)
                }
                return found
            }
            #expect(later == [1, 4])
        }
    }

    @Test func firstUnseen() async throws {
        try await withAccount { account, _ in
            #expect(try await account.read { try $0.firstUnseen(in: $0.id("INBOX")) } == nil)
            for index in 1...3 { try await account.append(message(), flags: index < 3 ? [.system(.seen)] : []) }
            #expect(try await account.read { try $0.firstUnseen(in: $0.id("INBOX")) } == uid(3))
        }
    }

    @Test func bodiesComeInBatches() async throws {
        try await withAccount { account, _ in
            for _ in 0..<5 { try await account.append(message(size: 1_000)) }
            func batch(_ set: UIDSet, _ limit: Int) async throws -> [UInt32] {
                try await account.read { try $0.bodies(in: $0.id("INBOX"), set, upTo: limit).map(\.uid.value) }
            }
            #expect(try await batch(.all, 10_000) == [1, 2, 3, 4, 5])
            #expect(try await batch(.all, 2_500) == [1, 2])
            #expect(try await batch(uids(2, 4, 5), 2_000) == [2, 4])
            #expect(try await batch(uids(3, 4), 0) == [3])
            #expect(try await batch(uids(9), 100) == [])
            let error = await storeError { _ = try await account.read { try $0.body(of: $0.id("INBOX"), uid: uid(9)) } }
            #expect(error == .noSuchMessage)
        }
    }

    @Test func factsAreThoseOfTheMessage() async throws {
        try await withAccount { account, _ in
            let stored = message("facts")
            try await account.append(stored)
            let facts = try await account.read { reader in
                var facts: [(UID, [UInt8], [UInt8])] = []
                try reader.facts(in: reader.id("INBOX"), .all) { facts.append(($0, Array($1), Array($2))) }
                return facts
            }
            #expect(facts.map(\.0) == [.first])
            #expect(facts.map(\.1) == [stored.envelope] && facts.map(\.2) == [stored.bodyStructure])
        }
    }

    @Test func manyWritersLoseNothing() async throws {
        try await withAccount { account, _ in
            let given = try await withThrowingTaskGroup(of: [UInt32].self) { group in
                for writer in 0..<16 {
                    group.addTask {
                        var given: [UInt32] = []
                        for _ in 0..<20 { given.append(try await account.append(message("\(writer)", size: 50)).value) }
                        return given
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(given.sorted() == Array(1...320))
            #expect(try await account.check() == [])
        }
    }
}

extension AccountReader {
    func allRows(_ mailbox: String) throws -> [MessageRow] {
        var rows: [MessageRow] = []
        try self.rows(in: id(mailbox), .all) { rows.append($0) }
        return rows
    }
}

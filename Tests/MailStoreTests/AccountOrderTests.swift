import MailMessage
import Testing

@testable import MailStore

private func letter(_ id: String, _ references: String = "") -> StorableMessage {
    let date = "Date: Sat, 28 Nov 2026 10:00:0\(id.count) +0000\r\n"
    return StorableMessage(Array("Message-ID: <\(id)@x>\r\nReferences: \(references)\r\n\(date)\r\n".utf8))
}

private func digests(_ texts: String...) -> [UInt64] {
    texts.map { $0.isEmpty ? 0 : ReferenceDigests.digest(Array($0.utf8)) }
}

@Suite struct AccountOrderTests {
    private static func references(
        _ account: Account, _ mailbox: String, _ set: UIDSet = .all
    ) async throws -> [[UInt64]?] {
        try await account.read { reader in
            var found: [[UInt64]?] = []
            try reader.order(in: try reader.id(mailbox), set, envelopes: true, references: true) { row in
                var list: [UInt64] = []
                if let bytes = row.references { ReferenceDigests.each(in: bytes) { list.append($0) } }
                found.append(row.references == nil ? nil : list)
            }
            return found
        }
    }

    @Test func whatIsStoredComesBack() async throws {
        try await withAccount { account, _ in
            try await account.write { transaction in
                let inbox = try transaction.id("INBOX")
                _ = try transaction.append(letter("a"), to: inbox, receivedAt: 7)
                _ = try transaction.append(letter("bb", "<a@x> <c@x>"), to: inbox, receivedAt: 8)
                _ = try transaction.append(message(), to: inbox, receivedAt: 9)
                _ = try transaction.copy(.all, from: inbox, to: try transaction.id("Archive"))
            }
            let wanted = [digests("a@x"), digests("bb@x", "a@x", "c@x"), digests("")]
            #expect(try await Self.references(account, "INBOX") == wanted)
            #expect(try await Self.references(account, "Archive") == wanted, "a copy has them too")
            #expect(try await Self.references(account, "INBOX", uids(1, 3)) == [wanted[0], wanted[2]])
            let rows = try await account.read { reader in
                var rows: [[Int64]] = []
                try reader.order(in: try reader.id("INBOX"), .all, envelopes: false, references: false) { row in
                    rows.append([Int64(row.uid.value), row.receivedAt, row.sentAt ?? -1, Int64(row.envelope.count)])
                }
                return rows
            }
            #expect(rows == [[1, 7, 1_795_860_001, 0], [2, 8, 1_795_860_002, 0], [3, 9, -1, 0]])
        }
    }

    @Test func oldMailIsFilledOnceAndWithoutAChange() async throws {
        try await withAccount { account, _ in
            try await account.write { transaction in
                let inbox = try transaction.id("INBOX")
                _ = try transaction.append(letter("a"), to: inbox, receivedAt: 7)
                try transaction.database("UPDATE message SET reference_digests=NULL").run()
            }
            #expect(try await Self.references(account, "INBOX") == [nil])
            let before = try await account.read { try $0.modseq }
            let found = ReferenceDigests(ThreadLinks(Header(Array("Message-ID: <a@x>\r\n\r\n".utf8))))
            let other = ReferenceDigests(ThreadLinks(Header([])))
            for digests in [found, other] {
                try await account.write(isRelaxed: true) { transaction in
                    try transaction.keep([(try uid(1), digests)], in: try transaction.id("INBOX"))
                }
            }
            #expect(try await Self.references(account, "INBOX") == [digests("a@x")])
            #expect(try await account.read { try $0.modseq } == before)
        }
    }

    @Test func longChainsKeepTheFirstAndTheLast() {
        let limit = ReferenceDigests.limit
        for count in [limit - 1, limit, limit + 1, limit + 50] {
            let names = (0..<count).map { "r\($0)@x" }
            let field = names.map { "<\($0)>" }.joined(separator: "\r\n ")
            var found: [UInt64] = []
            ReferenceDigests(ThreadLinks(Header(Array("References: \(field)\r\n\r\n".utf8)))).each { found.append($0) }
            let kept = count <= limit ? names : names.prefix(1) + names.suffix(limit - 1)
            #expect(found == [0] + kept.map { ReferenceDigests.digest(Array($0.utf8)) })
        }
    }

    @Test func setsWithSmallHolesAreReadInOneGo() throws {
        let set = UIDSet(ranges: [
            try uid(1)...uid(2), try uid(4)...uid(5), try uid(37)...uid(40), try uid(73)...uid(74),
        ])
        #expect(set.coarseRanges == [try uid(1)...uid(40), try uid(73)...uid(74)])
        var walk = SetWalk(set)
        #expect(try [1, 3, 4, 36, 37, 72, 73, 75].filter { walk.contains(try uid($0)) } == [1, 4, 37, 73])
    }
}

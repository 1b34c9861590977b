import MailMessage
import Testing

@testable import MailStore

/// What was tied to a mailbox comes back with it: whom it is shared with, what is noted about it.
@Suite struct FormerMailboxTests {
    static let reader = AccountID(7)
    static let list = [
        Grant(.account(AccountID(8)), [.lookUp, .read]),
        Grant(.account(AccountID(9)), isNegative: true, [.write]),
        Grant(.organisation(OrganisationID(3)), [.lookUp]),
    ]

    private func entry(_ name: String) throws -> MetadataEntry { try #require(MetadataEntry(name)) }

    private func share(_ box: String, _ grants: [Grant], in account: Account) async throws {
        try await account.write { transaction in
            let id = try transaction.id(box)
            for grant in grants {
                try transaction.change(
                    GrantChange(grant.grantee, isNegative: grant.isNegative, .replace, grant.rights), on: id)
            }
        }
    }

    private func grants(_ box: String, in account: Account) async throws -> [Grant] {
        try await account.read { try $0.grants(on: try $0.id(box)) }
    }

    private func delete(_ box: String, in account: Account) async throws {
        try await account.write { try $0.deleteMailbox(try name(box)) }
    }

    private func restore(in account: Account, into place: String? = nil) async throws {
        let place = try place.map(name)
        try await account.write { transaction in
            _ = try transaction.restore(try transaction.restorables().map(\.id), into: place)
        }
    }

    private func formerRows(in account: Account) async throws -> Int64 {
        try await account.read {
            try $0.database("SELECT (SELECT count(*) FROM former_grant) + (SELECT count(*) FROM former_metadata)")
                .number()
                ?? -1
        }
    }

    @Test func sharesAndAnnotationsComeBack() async throws {
        try await withAccount { account, _ in
            let (shared, own, gone) = (
                try entry("/shared/comment"), try entry("/private/comment"), try entry("/shared/vendor/x")
            )
            try await account.write { transaction in
                let id = try transaction.createMailbox(try name("Work/Old")).id
                try transaction.setMetadata(shared, Array("ours".utf8), of: id, for: Self.reader)
                try transaction.setMetadata(own, Array("mine".utf8), of: id, for: Self.reader)
                try transaction.setMetadata(gone, Array("x".utf8), of: id, for: Self.reader)
                try transaction.setMetadata(gone, nil, of: id, for: Self.reader)
            }
            try await share("Work/Old", Self.list, in: account)
            try await account.append(message("one"), to: "Work/Old")
            try await account.append(message("two"), to: "Work/Old")
            try await delete("Work/Old", in: account)
            #expect(
                try await account.read { try $0.rights(of: Viewer(account: AccountID(8), organisation: nil)) } == [:])
            let before = try await account.read { try $0.modseq }
            try await restore(in: account)
            #expect(try await grants("Work/Old", in: account) == Self.list)
            let (mine, others) = try await account.read { reader in
                let id = try reader.id("Work/Old")
                return (try reader.metadata(of: id, for: Self.reader), try reader.metadata(of: id, for: AccountID(8)))
            }
            #expect(mine.map { String(decoding: $0.value, as: UTF8.self) } == ["mine", "ours"])
            #expect(others.map(\.entry) == [shared])
            // Sessions that look for changes hear of it.
            #expect(try await account.read { try $0.changedMetadata(since: before, for: Self.reader).count } == 2)
            #expect(try await formerRows(in: account) == 0)
            #expect(try await account.check() == [])
        }
    }

    /// What its owner had kept to himself does not become everybody's because of the mailbox above it.
    @Test func aMailboxThatWasNotSharedIsNotAfterwards() async throws {
        try await withAccount { account, _ in
            try await account.write { _ = try $0.createMailbox(try name("Team/Secret")) }
            try await share("Team", Self.list, in: account)
            try await account.append(message(), to: "Team/Secret")
            try await delete("Team/Secret", in: account)
            try await restore(in: account)
            #expect(try await grants("Team/Secret", in: account) == [])
        }
    }

    /// Deleted before lists were kept: as before, the list of the mailbox above counts.
    @Test func olderOnesInherit() async throws {
        try await withAccount { account, _ in
            try await account.write { _ = try $0.createMailbox(try name("Team/Old")) }
            try await share("Team", Self.list, in: account)
            try await account.append(message(), to: "Team/Old")
            try await delete("Team/Old", in: account)
            try await account.write { try $0.database.execute("UPDATE former_mailbox SET keeps_grants=0") }
            try await restore(in: account)
            #expect(try await grants("Team/Old", in: account) == Self.list)
        }
    }

    @Test func anotherOneOfItsNameAndAnotherPlaceAreNotShared() async throws {
        try await withAccount { account, _ in
            for _ in 0..<2 {
                try await account.write { _ = try $0.createMailbox(try name("Work")) }
                try await share("Work", Self.list, in: account)
                try await account.append(message(), to: "Work")
                try await delete("Work", in: account)
            }
            try await account.write { _ = try $0.createMailbox(try name("Work")) }
            try await restore(in: account, into: "Elsewhere")
            #expect(try await grants("Elsewhere", in: account) == [])
            #expect(try await grants("Work", in: account) == [])
            #expect(try await formerRows(in: account) == 0)
        }
    }

    /// Messages come back in several transactions, and the mailbox may be deleted again in between.
    @Test func partByPart() async throws {
        try await withAccount { account, _ in
            try await account.write { _ = try $0.createMailbox(try name("Work")) }
            try await share("Work", Self.list, in: account)
            for subject in ["one", "two", "three"] { try await account.append(message(subject), to: "Work") }
            try await delete("Work", in: account)
            let all = try await account.read { try $0.restorables() }.map(\.id)
            for (index, id) in all.enumerated() {
                try await account.write { _ = try $0.restore([id]) }
                #expect(try await grants("Work", in: account) == Self.list, "\(index)")
                if index == 1 { try await delete("Work", in: account) }
            }
        }
    }

    @Test func whatCannotComeBackIsForgotten() async throws {
        try await withAccount { account, clock in
            try await account.write { _ = try $0.createMailbox(try name("Empty")) }
            try await share("Empty", Self.list, in: account)
            try await delete("Empty", in: account)
            #expect(try await formerRows(in: account) == 0)
            try await account.write { _ = try $0.createMailbox(try name("Work")) }
            try await share("Work", Self.list, in: account)
            try await account.append(message(), to: "Work")
            try await delete("Work", in: account)
            #expect(try await formerRows(in: account) == 3)
            // The hint stays as long as it may be needed.
            #expect(try await account.read { try $0.grantees().count } == 2)
            clock.now += 14 * RestoreTests.day
            try await account.write { _ = try $0.reclaim($0.reclaimable(limit: 10)) }
            #expect(try await formerRows(in: account) == 0)
            #expect(try await account.read { try $0.grantees() } == [])
        }
    }

    /// Beyond the limit they come back without a list; n-1, n and n+1 in all.
    @Test(arguments: [(-1, true), (0, true), (1, false)])
    func listsAreBounded(_ beyond: Int, _ isKept: Bool) async throws {
        try await withAccount { account, _ in
            try await account.write { transaction in
                _ = try transaction.createMailbox(try name("Work"))
                for number in 0..<(AccountTransaction.formerGrantLimit - Self.list.count + beyond) {
                    try transaction.database(
                        """
                        INSERT INTO former_grant (account_id, mailbox_id, kind, grantee_id, is_negative, rights)
                        VALUES ($1, 0, 1, $2, 0, 1)
                        """
                    ).run(account.id, Int64(number) + 1)
                }
            }
            try await share("Work", Self.list, in: account)
            try await account.append(message(), to: "Work")
            try await delete("Work", in: account)
            try await restore(in: account)
            #expect(try await grants("Work", in: account) == (isKept ? Self.list : []))
        }
    }

    @Test func annotationsThatNoLongerFitStayAway() async throws {
        try await withAccount { account, _ in
            let value = [UInt8](repeating: 1, count: AccountTransaction.metadataValueLimit)
            let most = Int(AccountTransaction.metadataByteLimit) / value.count
            try await account.write { transaction in
                let id = try transaction.createMailbox(try name("Work")).id
                for number in 0..<most {
                    try transaction.setMetadata(try entry("/shared/vendor/\(number)"), value, of: id, for: Self.reader)
                }
            }
            try await account.append(message(), to: "Work")
            try await delete("Work", in: account)
            #expect(try await formerRows(in: account) == Int64(most))
            try await account.write { transaction in
                try transaction.setMetadata(
                    try entry("/shared/comment"), [1], of: try transaction.id("INBOX"), for: Self.reader)
            }
            try await restore(in: account)
            let noted = try await account.read { try $0.metadata(of: try $0.id("Work"), for: Self.reader) }
            #expect(noted == [])
            #expect(try await account.read { try $0.info("Work").total } == 1)
        }
    }

    @Test func theHintIsThereAgain() async throws {
        try await withStore { store, _ in
            let account = try store.account(AccountID(1))
            try await account.write { _ = try $0.createMailbox(try name("Work")) }
            try await share("Work", [Grant(.account(AccountID(8)), [.lookUp])], in: account)
            try await account.append(message(), to: "Work")
            try await delete("Work", in: account)
            try await restore(in: account)
            #expect(try await store.directory.sharedAccess(of: AccountID(8)).owners == [])
            try await store.sharesMayHaveChanged(of: AccountID(1))
            #expect(try await store.directory.read { try $0.sharedWith(AccountID(1)) } == [.account(AccountID(8))])
        }
    }
}

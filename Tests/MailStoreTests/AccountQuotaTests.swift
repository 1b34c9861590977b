import MailMessage
import Testing

@testable import MailStore

@Suite struct AccountQuotaTests {
    private func append(_ size: Int, to mailbox: String = "INBOX", _ limit: QuotaLimit, _ account: Account)
        async throws(StoreError)
    {
        _ = try await account.write(limit: limit) {
            try $0.append(message(size: size), to: $0.id(mailbox), receivedAt: 1)
        }
    }

    @Test(arguments: [999, 1_000, 1_001])
    func bytesAtTheBoundary(_ size: Int) async throws {
        try await withAccount { account, _ in
            let limit = QuotaLimit(bytes: 2_000)
            try await append(1_000, limit, account)
            if size <= 1_000 {
                try await append(size, limit, account)
            } else {
                #expect(await storeError { try await append(size, limit, account) } == .overQuota(.full))
            }
            let usage = try await account.read { try $0.usage() }
            #expect(usage.bytes == Int64(size <= 1_000 ? 1_000 + size : 1_000))
            #expect(try await account.check() == [])
        }
    }

    @Test(arguments: [1, 2, 3])
    func messagesAtTheBoundary(_ limit: Int64) async throws {
        try await withAccount { account, _ in
            for _ in 0..<limit { try await append(10, QuotaLimit(messages: limit), account) }
            let error = await storeError { try await append(10, QuotaLimit(messages: limit), account) }
            #expect(error == .overQuota(.full))
        }
    }

    @Test func whatCanNeverFitSaysSo() async throws {
        try await withAccount { account, _ in
            let error = await storeError { try await append(2_001, QuotaLimit(bytes: 2_000), account) }
            #expect(error == .overQuota(.tooLargeForAccount))
            try await append(2_000, QuotaLimit(bytes: 2_000), account)
        }
    }

    @Test(arguments: [
        ("Trash", true), ("Trash/sub", true), ("Sent", true), ("Drafts", true), ("Junk", false), ("Archive", false),
    ])
    func tidyingUpMayGoOverTheLimit(_ mailbox: String, _ isAllowed: Bool) async throws {
        try await withAccount { account, _ in
            try await account.write { try $0.createMailbox(try name("Trash/sub")) }
            let limit = QuotaLimit(bytes: 1_000)
            try await append(1_000, limit, account)
            func copy() async throws {
                _ = try await account.write(limit: limit) {
                    try $0.copy(.all, from: $0.id("INBOX"), to: $0.id(mailbox))
                }
            }
            if isAllowed { try await copy() } else { #expect(await storeError(copy) == .overQuota(.full)) }
        }
    }

    @Test(arguments: [
        (QuotaLimit(bytes: 500_000_000, messages: nil), QuotaLimit(bytes: 550_000_000, messages: nil)),
        (QuotaLimit(bytes: 50_000_000, messages: 100), QuotaLimit(bytes: 60_000_000, messages: 1_100)),
        (QuotaLimit(bytes: 100_000_000, messages: 10_000), QuotaLimit(bytes: 110_000_000, messages: 11_000)),
        (QuotaLimit(bytes: .max, messages: .max), QuotaLimit(bytes: .max, messages: .max)),
    ])
    func theOverdraft(_ limit: QuotaLimit, _ expected: QuotaLimit) { #expect(limit.withOverdraft == expected) }

    @Test func theOverdraftEnds() async throws {
        try await withAccount { account, _ in
            let limit = QuotaLimit(bytes: 1_000)
            let whole = Int(QuotaLimit.leastOverdraftBytes) + 1_000
            try await append(whole, to: "Sent", limit, account)
            #expect(await storeError { try await append(1, to: "Trash", limit, account) } == .overQuota(.full))
        }
    }

    @Test func aFullAccountCanMoveFlagAndDelete() async throws {
        try await withAccount { account, _ in
            let limit = QuotaLimit(bytes: 1_000, messages: 1)
            try await append(1_000, limit, account)
            _ = try await account.write(limit: QuotaLimit(bytes: 0, messages: 0)) { transaction in
                _ = try transaction.setFlags(in: transaction.id("INBOX"), .all, .add([.system(.deleted)]))
                _ = try transaction.move(.all, from: transaction.id("INBOX"), to: transaction.id("Archive"))
                return try transaction.expunge(in: transaction.id("Archive"))
            }
            #expect(try await account.read { try $0.usage() } == AccountUsage(bytes: 0, messages: 0))
        }
    }

    @Test func nobodySlipsThroughTogether() async throws {
        try await withAccount { account, _ in
            let stored = await withTaskGroup(of: Int.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        do { try await append(100, QuotaLimit(bytes: 2_050), account) } catch { return 0 }
                        return 1
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(stored == 20)
            let usage = try await account.read { try $0.usage() }
            #expect(usage == AccountUsage(bytes: 2_000, messages: 20))
        }
    }
}

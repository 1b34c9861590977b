import MailMessage
import Testing

@testable import MailStore

struct DirectoryAddressTests {
    struct Row: Sendable {
        let address: String
        let reaches: [String]
        init(_ address: String, _ reaches: [String]) { (self.address, self.reaches) = (address, reaches) }
    }

    static let rows = [
        Row("Anna@uni.example", ["Anna@uni.example"]),
        Row("ANNA@UNI.Example", ["Anna@uni.example"]),
        Row("anna+list@uni.example", ["Anna@uni.example"]),
        Row("anna+a+b@uni.example", ["Anna@uni.example"]),
        Row("anna+@uni.example", ["Anna@uni.example"]),
        Row("+anna@uni.example", ["unknown"]),
        Row("ann@uni.example", ["unknown"]),
        Row("anna@elsewhere.example", ["notLocal"]),
        Row("anna@[192.0.2.1]", ["notLocal"]),
        Row("anna@sub.uni.example", ["notLocal"]),
        Row("anna@gr\u{fc}n.example", ["Anna@uni.example"]),
        Row("anna@xn--grn-ioa.example", ["Anna@uni.example"]),
        Row("c++@uni.example", ["bo@uni.example"]),
        Row("all@uni.example", ["Anna@uni.example", "bo@uni.example", "cy@uni.example"]),
        Row("all+x@uni.example", ["Anna@uni.example", "bo@uni.example", "cy@uni.example"]),
        Row("twice@uni.example", ["Anna@uni.example", "bo@uni.example"]),
        Row("tagged@uni.example", ["bo@uni.example"]),
        Row("away@uni.example", ["notLocal"]),
        Row("half@uni.example", ["notLocal"]),
        Row("circle@uni.example", ["loop"]),
        Row("ring@uni.example", ["Anna@uni.example"]),
        Row("postmaster@uni.example", ["Anna@uni.example"]),
        Row("POSTMASTER+x@uni.example", ["Anna@uni.example"]),
        Row("\"postmaster\"@uni.example", ["Anna@uni.example"]),
    ]

    @Test func everyKindOfAddress() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        try await directory.write { transaction in
            try transaction.addDomain(Made.domain("Gr\u{dc}n.example"))
            try transaction.addAlias(
                Made.address("anna@gr\u{fc}n.example"), targets: [Made.address("anna@uni.example")])
        }
        try await directory.alias("c++@uni.example", "bo@uni.example")
        try await directory.alias("two@uni.example", "bo@uni.example", "cy@uni.example")
        try await directory.alias("all@uni.example", "anna@uni.example", "two@uni.example", "bo@uni.example")
        try await directory.alias("twice@uni.example", "anna@uni.example", "ANNA@uni.example", "bo+x@uni.example")
        try await directory.alias("tagged@uni.example", "bo+tag@uni.example")
        try await directory.alias("away@uni.example", "friend@elsewhere.example")
        try await directory.alias("half@uni.example", "bo@uni.example", "friend@elsewhere.example")
        try await makeCircles(directory)
        for row in Self.rows {
            #expect(try await directory.reach(row.address) == row.reaches, "\(row.address)")
            #expect(try await directory.reach(row.address) == row.reaches, "\(row.address) from the cache")
        }
    }

    private func makeCircles(_ directory: Directory) async throws {
        try await directory.alias("circle@uni.example", "bo@uni.example")
        try await directory.alias("round@uni.example", "circle@uni.example")
        try await directory.alias("ring@uni.example", "anna@uni.example")
        try await directory.alias("rung@uni.example", "ring@uni.example")
        try await directory.write { transaction in
            try transaction.setAlias(Made.address("circle@uni.example"), targets: [Made.address("round@uni.example")])
            try transaction.setAlias(
                Made.address("ring@uni.example"),
                targets: [Made.address("rung@uni.example"), Made.address("anna@uni.example")])
        }
    }

    /// A chain of n aliases before the account.
    @Test(arguments: [
        (AliasLimits.depth - 1, ["bo@uni.example"]), (AliasLimits.depth, ["bo@uni.example"]),
        (AliasLimits.depth + 1, ["loop"]),
    ])
    func depthOfAliases(length: Int, reaches: [String]) async throws {
        let fixture = try DirectoryFixture()
        try await fixture.directory.fill()
        var target = "bo@uni.example"
        for number in 1...length {
            try await fixture.directory.alias("a\(number)@uni.example", target)
            target = "a\(number)@uni.example"
        }
        #expect(try await fixture.directory.reach(target) == reaches)
    }

    @Test func suspendedAccountsRefuse() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.fill()
        try await directory.alias("sales@uni.example", "anna@uni.example", "bo@uni.example")
        let anna = try await directory.id("anna@uni.example")
        let bo = try await directory.id("bo@uni.example")
        try await directory.write { try $0.suspendAccount(anna, reason: "left") }
        #expect(try await directory.reach("anna@uni.example") == ["suspended"])
        #expect(try await directory.reach("sales@uni.example") == ["bo@uni.example"])
        try await directory.write { try $0.suspendAccount(bo) }
        #expect(try await directory.reach("sales@uni.example") == ["suspended"])
        try await directory.write { try $0.resumeAccount(anna) }
        #expect(try await directory.reach("anna@uni.example") == ["Anna@uni.example"])
    }

    @Test func datedAccountsEndByThemselves() async throws {
        let fixture = try DirectoryFixture(now: 1_000)
        let directory = fixture.directory
        try await directory.fill()
        let bo = try await directory.id("bo@uni.example")
        try await directory.write { try $0.updateAccount(bo, expiresAt: .set(2_000)) }
        for (seconds, reaches) in [(999, "bo@uni.example"), (1, "suspended"), (1, "suspended")] {
            fixture.clock.advance(by: EpochSeconds(seconds))
            #expect(try await directory.reach("bo@uni.example") == [reaches], "at \(fixture.clock.now)")
        }
        try await directory.write { try $0.updateAccount(bo, expiresAt: .set(nil)) }
        #expect(try await directory.reach("bo@uni.example") == ["bo@uni.example"])
    }

    @Test func postmasterIsAlwaysSomebody() async throws {
        let fixture = try DirectoryFixture()
        let directory = fixture.directory
        try await directory.write { try $0.addDomain(Made.domain("uni.example")) }
        #expect(try await directory.reach("postmaster@uni.example") == ["unavailable"])
        #expect(try await directory.resolvePostmaster() == .unavailable)
        try await directory.write { transaction in
            for name in ["anna", "bo", "cy"] {
                try transaction.addAccount(NewAccount(address: Made.address("\(name)@uni.example")))
            }
        }
        #expect(try await directory.reach("postmaster@uni.example") == ["anna@uni.example"])
        let (anna, bo) = (try await directory.id("anna@uni.example"), try await directory.id("bo@uni.example"))
        try await directory.write { try $0.setPostmaster(bo, of: Made.domain("uni.example")) }
        #expect(try await directory.reach("postmaster@uni.example") == ["bo@uni.example"])
        try await directory.write { try $0.suspendAccount(bo) }
        #expect(try await directory.reach("postmaster@uni.example") == ["anna@uni.example"])
        try await directory.write { try $0.suspendAccount(anna) }
        #expect(try await directory.reach("postmaster@uni.example") == ["cy@uni.example"])
        try await directory.alias("postmaster@uni.example", "bo@uni.example", "cy@uni.example")
        try await directory.write { try $0.resumeAccount(bo) }
        #expect(try await directory.reach("postmaster@uni.example") == ["bo@uni.example", "cy@uni.example"])
        try await directory.write { transaction in
            try transaction.setAlias(
                Made.address("postmaster@uni.example"), targets: [Made.address("admin@elsewhere.example")])
        }
        #expect(try await directory.reach("postmaster@uni.example") == ["bo@uni.example"])
    }
}

import MailMessage
import Testing

@testable import MailStore

@Suite struct RecentDeviceTests {
    private static let anna = AccountID(1)

    private static func lines(_ fixture: DirectoryFixture, of id: AccountID = anna) async throws -> [String] {
        try await fixture.directory.recentDevices(of: id).map { "\($0.service) \($0.address) \($0.client)" }
    }

    @Test func theLastOneComesFirst() async throws {
        let fixture = try DirectoryFixture()
        fixture.directory.noteDevice(of: Self.anna, service: "imap", from: "192.0.2.1")
        fixture.directory.noteDevice(of: Self.anna, service: "imap", from: "192.0.2.1", client: "Thunderbird")
        #expect(try await Self.lines(fixture) == ["imap 192.0.2.1 Thunderbird"])
        fixture.clock.advance(by: 1)
        fixture.directory.noteDevice(of: Self.anna, service: "pop3", from: "192.0.2.2")
        fixture.directory.noteDevice(of: AccountID(2), service: "pop3", from: "192.0.2.3")
        #expect(try await Self.lines(fixture) == ["pop3 192.0.2.2 ", "imap 192.0.2.1 Thunderbird"])
    }

    /// A name that comes after the first batch takes the place of the one without.
    @Test func aLateName() async throws {
        let fixture = try DirectoryFixture()
        fixture.directory.noteDevice(of: Self.anna, service: "imap", from: "192.0.2.1")
        #expect(try await Self.lines(fixture) == ["imap 192.0.2.1 "])
        fixture.directory.noteDevice(
            of: Self.anna, service: "imap", from: "192.0.2.1", client: String(repeating: "x", count: 1_000))
        #expect(try await Self.lines(fixture) == ["imap 192.0.2.1 " + String(repeating: "x", count: 100)])
    }

    @Test func whatComesEveryMinuteIsWrittenOnceAQuarterOfAnHour() async throws {
        let fixture = try DirectoryFixture()
        let began = fixture.clock.now
        for (step, noted) in [(0, 0), (900, 0), (1, 901)] as [(EpochSeconds, EpochSeconds)] {
            fixture.clock.advance(by: step)
            fixture.directory.noteDevice(of: Self.anna, service: "imap", from: "192.0.2.1")
            #expect(try await fixture.directory.recentDevices(of: Self.anna).first?.lastAt == began + noted)
        }
    }

    @Test func twentyStay() async throws {
        let fixture = try DirectoryFixture()
        for number in 0..<RecentDevice.mostDevices + 5 {
            fixture.directory.noteDevice(of: Self.anna, service: "imap", from: "192.0.2.\(number)")
            fixture.clock.advance(by: 1)
            if number % 7 == 0 { _ = try await Self.lines(fixture) }
        }
        let lines = try await Self.lines(fixture)
        #expect(lines.count == RecentDevice.mostDevices)
        #expect(lines.first == "imap 192.0.2.24 " && lines.last == "imap 192.0.2.5 ")
    }

    @Test func oldOnesAndFormerPasswordsGo() async throws {
        let fixture = try DirectoryFixture()
        try await fixture.directory.fill()
        let found = try await fixture.directory.entry(login: "anna01")
        let id = try #require(found).id
        for hash in ["$y$1", "$y$2"] {
            try await fixture.directory.write {
                try $0.setCredential(Credential(hash: hash, changedAt: 1), of: id, formerSeconds: 100)
            }
        }
        fixture.directory.noteDevice(of: id, service: "imap", from: "192.0.2.1")
        #expect(try await Self.lines(fixture, of: id).count == 1)
        func former() async throws -> String? {
            try await fixture.directory.loginFacts(of: id, handle: nil).former?.hash
        }
        fixture.clock.advance(by: 99)
        try await fixture.directory.expireFormerPasswords()
        #expect(try await former() == "$y$1")
        fixture.clock.advance(by: 1)
        #expect(try await former() == nil)
        try await fixture.directory.expireFormerPasswords()
        fixture.clock.advance(by: RecentDevice.memory)
        try await fixture.directory.expireFormerPasswords()
        let rows = try await fixture.directory.read { reader in
            try (reader.database("SELECT count(*) FROM former_credential").number() ?? 0)
                + (reader.database("SELECT count(*) FROM recent_device").number() ?? 0)
        }
        #expect(rows == 0)
    }

    @Test func formerPasswordsGoWithTheAccount() async throws {
        let fixture = try DirectoryFixture()
        try await fixture.directory.fill()
        let found = try await fixture.directory.entry(login: "anna01")
        let id = try #require(found).id
        for hash in ["$y$1", "$y$2"] {
            try await fixture.directory.write { try $0.setCredential(Credential(hash: hash, changedAt: 1), of: id) }
        }
        try await fixture.directory.write { try $0.removeAccount(id) }
        #expect(try await fixture.directory.loginFacts(of: id, handle: nil).former == nil)
    }
}

import MailMessage
import Testing

@testable import MailStore

@Suite struct VacationStoreTests {
    private static func anna(_ fixture: DirectoryFixture) async throws -> AccountID {
        try await fixture.directory.fill()
        let entry = try await fixture.directory.entry(login: "anna01")
        return try #require(entry).id
    }

    @Test func itIsKeptAndRemembered() async throws {
        let fixture = try DirectoryFixture()
        let id = try await Self.anna(fixture)
        let directory = fixture.directory
        let vacation = Vacation(from: 10, until: 20, days: 3, subject: "Åter", text: "a\r\nb")
        #expect(try await directory.write { try $0.setVacation(vacation, of: id) })
        #expect(try await directory.write { try $0.setVacation(vacation, of: id) } == false)
        let stored = try #require(try await directory.read { try $0.vacation(of: id) })
        #expect(stored == Vacation(from: 10, until: 20, days: 3, subject: "Åter", text: "a\nb"))
        #expect(try await directory.entry(id: id)?.isAway == true)
        #expect(try await directory.write { try $0.endVacation(of: id) })
        #expect(try await directory.write { try $0.endVacation(of: id) } == false)
        #expect(try await directory.entry(id: id)?.isAway == false)
        let off = Vacation(isOn: false, days: 3, subject: "Åter", text: "a\nb")
        #expect(try await directory.read { try $0.vacation(of: id) } == off)
    }

    @Test(arguments: [
        Vacation(text: ""), Vacation(text: " \n"), Vacation(text: "a\u{0}"), Vacation(days: 0, text: "x"),
        Vacation(days: 31, text: "x"), Vacation(subject: "a\nb", text: "x"), Vacation(from: 5, until: 5, text: "x"),
        Vacation(text: String(repeating: "x", count: Vacation.longestText + 1)),
    ])
    func whatNobodyShouldBeSentIsRefused(vacation: Vacation) async throws {
        let fixture = try DirectoryFixture()
        let id = try await Self.anna(fixture)
        await #expect(throws: StoreError.self) {
            try await fixture.directory.write { try $0.setVacation(vacation, of: id) }
        }
        #expect(try await fixture.directory.read { try $0.vacation(of: id) } == nil)
    }

    @Test func theLongestTextIsTaken() async throws {
        let fixture = try DirectoryFixture()
        let id = try await Self.anna(fixture)
        let vacation = Vacation(text: String(repeating: "x", count: Vacation.longestText))
        #expect(try await fixture.directory.write { try $0.setVacation(vacation, of: id) })
    }

    @Test func answersAreBounded() async throws {
        let fixture = try DirectoryFixture()
        let id = try await Self.anna(fixture)
        let directory = fixture.directory
        for number in 0..<Directory.mostAnswers {
            #expect(try await directory.noteAnswer(of: id, to: Made.address("x\(number)@y.example"), days: 7))
        }
        let next = try Made.address("next@y.example")
        #expect(try await directory.noteAnswer(of: id, to: next, days: 7) == false)
        #expect(try await directory.noteAnswer(of: AccountID(99), to: next, days: 7))
        fixture.clock.advance(by: 7 * 86_400)
        #expect(try await directory.noteAnswer(of: id, to: next, days: 7))
        let rows = try await directory.read { try $0.database("SELECT count(*) FROM vacation_answer").number() }
        #expect(rows == 2)
    }

    @Test func theAuditTrailHasNoText() async throws {
        let fixture = try DirectoryFixture()
        let id = try await Self.anna(fixture)
        try await fixture.directory.write { try $0.setVacation(Vacation(text: "private matters"), of: id) }
        let lines = try await fixture.directory.read { reader in
            var lines: [String] = []
            try reader.database("SELECT action, after FROM audit").each { lines.append($0.text(0) + ": " + $0.text(1)) }
            return lines
        }
        #expect(lines.contains("vacation set: on, every 7 days, 15 bytes of text"))
        #expect(!lines.contains { $0.contains("private") })
    }

    @Test func itGoesWithTheAccount() async throws {
        let fixture = try DirectoryFixture()
        let id = try await Self.anna(fixture)
        let directory = fixture.directory
        try await directory.write { try $0.setVacation(Vacation(text: "x"), of: id) }
        #expect(try await directory.noteAnswer(of: id, to: Made.address("x@y.example"), days: 7))
        try await directory.write { transaction in
            try transaction.removeAccount(id)
            try transaction.forgetAccount(id)
        }
        let rows = try await directory.read { reader in
            try (reader.database("SELECT count(*) FROM vacation").number() ?? 0)
                + (reader.database("SELECT count(*) FROM vacation_answer").number() ?? 0)
        }
        #expect(rows == 0)
    }
}

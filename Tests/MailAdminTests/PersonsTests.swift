import Foundation
import MailMessage
import MailStore
import Testing

@testable import MailAdmin

/// The directory of persons, as real programs.
@Suite struct PersonsTests {
    private let folder = NSTemporaryDirectory() + "persons-" + UUID().uuidString

    private func program(_ text: String, shell: String = "/bin/bash") throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/" + UUID().uuidString
        try "#!\(shell)\n\(text)\n".write(toFile: path + ".txt", atomically: true, encoding: .utf8)
        // Written by another process: a program that some other test starts just now would have ours open for writing
        // until its own exec, and nobody could start the file meanwhile (ETXTBSY).
        let copy = try Process.run(
            URL(fileURLWithPath: "/usr/bin/install"), arguments: ["-m", "755", path + ".txt", path])
        copy.waitUntilExit()
        return path
    }

    private static let checker = """
        IFS= read -r -d '' name <&3 && IFS= read -r -d '' password <&3 && IFS= read -r -d '' time <&3 || exit 111
        [ "$time" = 1700000000 ] || exit 111
        [ "$name" = anna ] && [ "$password" = "a b'c" ] && exec "$@"
        exit 1
        """

    @Test func theCheckpasswordInterface() throws {
        let checks = PersonsProgram(try program(Self.checker), timeout: 20)
        for (name, password, verdict) in [
            ("anna", "a b'c", PersonsProgram.Verdict.right), ("anna", "wrong", .wrong), ("bo", "a b'c", .wrong),
            ("", "x", .wrong), ("anna", "", .wrong), ("anna", "x\0y", .wrong), ("anna\0", "x", .wrong),
            ("anna", String(repeating: "x", count: 500), .wrong),
        ] {
            #expect(
                checks.check(name: name, password: Array(password.utf8), at: 1_700_000_000) == verdict, "\(password)")
        }
    }

    @Test(arguments: [
        ("exit 0", nil), ("echo down; exit 111", "it ended with 111: down"), ("exit 2", "it ended with 2"),
        ("kill -9 $$", "it was ended by signal 9"), ("sleep 60 & sleep 60", "it did not answer in time"),
        ("exec 1>&- 2>&-; sleep 60", "it did not answer in time"),
        ("yes", "it ended with 0"),
    ]) func howProgramsEnd(_ text: String, _ reason: String?) throws {
        let started = ContinuousClock.now
        let verdict = PersonsProgram(try program(text), timeout: 2).check(name: "a", password: [0x62], at: 0)
        #expect(started.duration(to: .now) < .seconds(15))
        if text == "yes" {
            guard case .unavailable = verdict else { return #expect(Bool(false), "\(verdict)") }
        } else {
            #expect(verdict == reason.map { .unavailable($0) } ?? .right)
        }
    }

    @Test func aProgramThatIsNotThere() {
        let verdict = PersonsProgram("/nowhere/at-all", timeout: 5).check(name: "a", password: [0x62], at: 0)
        guard case .unavailable = verdict else { return #expect(Bool(false), "\(verdict)") }
    }

    @Test func answersOfTheOtherProgram() throws {
        let answer = ActiveProgram.parse(
            Array("anna active\nbo disabled\n\ncy gone\nwarning: slow\nda active x\n".utf8))
        #expect(answer == PersonsAnswer(["anna": true, "bo": false]))
        #expect(ActiveProgram.parse(Array("* active\n".utf8)) == PersonsAnswer(["*": true]))
        #expect(
            ActiveProgram.parse(Array("bo active\n* disabled\n".utf8)) == PersonsAnswer(["bo": true], isWhole: true))
        let names = (0..<20_000).map { "person.number.\($0)" }
        let path = try program("tr '\\0' '\\n' <&3 | sed 's/$/ active/'")
        #expect(try ActiveProgram(path, timeout: 20).ask(names).named.count == 20_000)
        let deaf = try program("exec 3<&-; sleep 0.2; echo anna disabled")
        #expect(try ActiveProgram(deaf, timeout: 20).ask(names) == PersonsAnswer(["anna": false]))
        let broken = try program("echo anna disabled; exit 111")
        #expect(throws: StoreError.invalid("it ended with 111: anna disabled")) {
            try ActiveProgram(broken, timeout: 20).ask(names)
        }
    }

    private func withStore(_ body: (Administration) async throws -> Void) async throws {
        try MailStore.create(at: folder, isTestStore: true)
        let store = try MailStore(at: folder)
        let administration = Administration(store: store, actor: "test", clock: { 1_800_000_000 })
        try await store.directory.write { transaction in
            try transaction.addDomain(try #require(MailDomain("example.test")))
            for number in 0..<200 {
                let address = try #require(EmailAddress("p\(number)@example.test"))
                try transaction.addAccount(NewAccount(address: address, suspended: number == 0))
            }
        }
        try await body(administration)
        await store.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func status(_ administration: Administration, _ name: String) async throws -> AccountStatus {
        try await administration.account(name).status
    }

    @Test func whoIsDisabledThereIsSuspendedHere() async throws {
        try await withStore { administration in
            let first = try await administration.syncPersons(guardPercent: 5) { names in
                #expect(names.count == 200 && names.contains("p7"))
                return PersonsAnswer(["p0": false, "p1": false, "p2": true, "stranger": false])
            }
            #expect(first.disabled.map(\.local) == ["p0", "p1"] && first.enabled.isEmpty && first.asked == 200)
            #expect(try await status(administration, "p1") == .suspended)
            #expect(try await status(administration, "p3") == .noPassword)
            let again = try await administration.syncPersons(guardPercent: 5) { _ in
                PersonsAnswer(["p0": false, "p1": false])
            }
            #expect(again.disabled.isEmpty && again.enabled.isEmpty)
            let silent = try await administration.syncPersons(guardPercent: 5) { _ in PersonsAnswer([:]) }
            #expect(silent.enabled.isEmpty)
            let back = try await administration.syncPersons(guardPercent: 5) { _ in
                PersonsAnswer(["p0": true, "p1": true])
            }
            #expect(back.enabled.map(\.local) == ["p0", "p1"])
            #expect(try await status(administration, "p1") == .noPassword)
            // An administrator had suspended this one.
            #expect(try await status(administration, "p0") == .suspended)
        }
    }

    @Test func aDirectoryThatIsDownDisablesNobody() async throws {
        try await withStore { administration in
            await #expect(throws: AdminError.unavailable("the directory of persons: it ended with 111")) {
                try await administration.syncPersons(guardPercent: 5) { _ in
                    throw StoreError.invalid("it ended with 111")
                }
            }
            let all = PersonsAnswer(Dictionary(uniqueKeysWithValues: (1..<200).map { ("p\($0)", false) }))
            await #expect(throws: AdminError.self) {
                try await administration.syncPersons(guardPercent: 5) { _ in all }
            }
            #expect(try await status(administration, "p1") == .noPassword)
            let tried = try await administration.syncPersons(guardPercent: 100, dryRun: true) { _ in all }
            #expect(tried.disabled.count == 199)
            #expect(try await status(administration, "p1") == .noPassword)
            _ = try await administration.syncPersons(guardPercent: 100) { _ in all }
            #expect(try await status(administration, "p1") == .suspended)
        }
    }

    /// Gone is whom it knew once and knows no more, and only where it says that it has named everybody.
    @Test func whoIsNoLongerThereIsSuspendedHere() async throws {
        try await withStore { administration in
            func sync(_ answer: PersonsAnswer, dryRun: Bool = false) async throws -> PersonsReport {
                try await administration.syncPersons(guardPercent: 5, dryRun: dryRun) { _ in answer }
            }
            // A rehearsal remembers nobody; role accounts (p3 and on) are never named.
            _ = try await sync(PersonsAnswer(["p1": true, "p2": true]), dryRun: true)
            #expect(try await sync(PersonsAnswer([:], isWhole: true)).disabled == [])
            _ = try await sync(PersonsAnswer(["p1": true, "p2": true], isWhole: true))
            #expect(try await sync(PersonsAnswer(["p2": true])).disabled == [])
            let gone = try await sync(PersonsAnswer(["p2": true], isWhole: true))
            #expect(gone.disabled.map(\.local) == ["p1"])
            #expect(try await status(administration, "p1") == .suspended)
            #expect(try await sync(PersonsAnswer(["p2": true], isWhole: true)).enabled == [])
            #expect(
                try await sync(PersonsAnswer(["p1": true, "p2": true], isWhole: true)).enabled.map(\.local) == ["p1"])
        }
    }

    /// What the directory said was about the login of then: an account that lives on under another one is free of it.
    @Test func anotherLoginIsSomebodyElse() async throws {
        try await withStore { administration in
            _ = try await administration.syncPersons(guardPercent: 5) { _ in PersonsAnswer(["p1": true]) }
            _ = try await administration.syncPersons(guardPercent: 5) { _ in PersonsAnswer([:], isWhole: true) }
            #expect(try await status(administration, "p1") == .suspended)
            let entry = try await administration.account("p1")
            try await administration.store.directory.write {
                try $0.updateAccount(entry.id, login: .set(try #require(LoginName("archive"))))
            }
            let again = try await administration.syncPersons(guardPercent: 5) { _ in PersonsAnswer([:], isWhole: true) }
            #expect(again.disabled == [])
            #expect(try await status(administration, "archive") == .noPassword)
        }
    }

    @Test func aDirectoryThatForgotManyDisablesNobody() async throws {
        try await withStore { administration in
            let all = PersonsAnswer(Dictionary(uniqueKeysWithValues: (0..<200).map { ("p\($0)", true) }), isWhole: true)
            _ = try await administration.syncPersons(guardPercent: 5) { _ in all }
            for (kept, refuses) in [(189, true), (190, false)] {
                let part = PersonsAnswer(all.named.filter { Int($0.key.dropFirst()) ?? 0 < kept }, isWhole: true)
                do {
                    let report = try await administration.syncPersons(guardPercent: 5) { _ in part }
                    #expect(!refuses && report.disabled.count == 10)
                } catch { #expect(refuses) }
            }
        }
    }
}

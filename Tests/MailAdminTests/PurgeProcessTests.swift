import Foundation
import MailMessage
import MailStore
import Testing

@testable import MailAdmin

/// The built tool against a store with much to do: killed in the middle, asked to stop, started twice.
@Suite(.serialized) struct PurgeProcessTests {
    static let accounts = 30
    static let perAccount = 60
    static let start: EpochSeconds = 1_800_000_000

    /// Everything of everybody expires eight days after `start`.
    private func withStore(_ body: (String) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "purge-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try MailStore.create(at: path, isTestStore: true, clock: { Self.start })
        let store = try MailStore(at: path, clock: { Self.start })
        let ids = try await store.directory.write { transaction in
            _ = try transaction.addDomain(try #require(MailDomain("example.test")))
            return try (0..<Self.accounts).map { number in
                let address = try #require(EmailAddress("u\(number)@example.test"))
                return try transaction.addAccount(NewAccount(address: address))
            }
        }
        for id in ids {
            try await store.account(id).write { transaction in
                let trash = try #require(try transaction.mailboxID(role: .trash))
                let message = StorableMessage(Array("Subject: x\r\n\r\n".utf8))
                for _ in 0..<Self.perAccount {
                    _ = try transaction.append(message, to: trash, receivedAt: Self.start)
                }
            }
        }
        await store.close()
        try await body(path)
    }

    private func purge(_ path: String, _ options: String...) throws -> Process {
        let process = Process()
        process.executableURL = try #require(ScriptTests.tools).appending(path: "mail-purge")
        process.arguments = ["--yes", "--max-delete", "100%", "--now", "2027-02-01T00:00:00Z"] + options
        process.environment = ["MAIL_STORE": path, "MAIL_CONFIG": "/dev/null"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Messages in mailboxes, and those that can come back.
    private func counts(_ path: String, checked: Bool = true) async throws -> (left: Int64, restorable: Int) {
        let store = try MailStore(at: path, clock: { Self.start })
        var (left, restorable): (Int64, Int) = (0, 0)
        for entry in try await store.directory.read({ try $0.accounts() }) {
            let account = try store.account(entry.id)
            left += try await account.read { try $0.usage().messages }
            restorable += try await account.read { try $0.restorables().count }
            if checked { #expect(try await account.check() == []) }
        }
        await store.close()
        return (left, restorable)
    }

    /// Those of runs that began, and of those that came to their end.
    private func lines(_ path: String) async throws -> (begun: Int, ended: Int) {
        let store = try MailStore(at: path, clock: { Self.start })
        let actions = try await store.directory.read { try $0.audit(of: "store", limit: 100) }.map(\.action)
        await store.close()
        return (actions.count { $0 == "purge begin" }, actions.count { $0 == "purge" })
    }

    @Test func killedInTheMiddleItGoesOn() async throws {
        try await withStore { path in
            let all = Self.accounts * Self.perAccount
            for round in 1...4 {
                // Three minutes for all of it: in a crowd a look takes long.
                let before = try await counts(path, checked: false).restorable + 10
                let process = try purge(path, "--rate", "10/s", "--progress", "never")
                while try await counts(path, checked: false).restorable < before, process.isRunning {
                    try await Task.sleep(for: .milliseconds(5))
                }
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                #expect(process.terminationReason == .uncaughtSignal, "it had ended before it was killed")
                let found = try await counts(path)
                #expect(found.left > 0 && found.left + Int64(found.restorable) == Int64(all))
                let told = try await lines(path)
                #expect(told.begun == round && told.ended == 0, "whoever was killed has said that it began: \(told)")
            }
            let last = try purge(path)
            last.waitUntilExit()
            #expect(last.terminationStatus == 0)
            let found = try await counts(path)
            #expect(found.left == 0 && found.restorable == all)
            let told = try await lines(path)
            #expect(told.begun == 5 && told.ended == 1)
        }
    }

    /// Many accounts at once, each at another place: nothing is lost, nothing is half done, and the next run finishes it.
    @Test func killedAtAnyMomentNothingIsHalfDone() async throws {
        try await withStore { path in
            let all = Self.accounts * Self.perAccount
            for delay in [20, 40, 60, 80, 120, 160] {
                let process = try purge(path, "--progress", "never")
                try await Task.sleep(for: .milliseconds(delay))
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                let found = try await counts(path)
                #expect(found.left + Int64(found.restorable) == Int64(all), "after \(delay) ms")
            }
            let last = try purge(path)
            last.waitUntilExit()
            #expect(last.terminationStatus == 0)
            let found = try await counts(path)
            #expect(found.left == 0 && found.restorable == all)
        }
    }

    @Test func twoAtOnceAndASignal() async throws {
        try await withStore { path in
            let slow = try purge(path, "--rate", "20/s")
            let isLocked = "\(path)/lock/mail-purge"
            for _ in 0..<200 where (try? Data(contentsOf: URL(filePath: isLocked)))?.isEmpty ?? true {
                try await Task.sleep(for: .milliseconds(10))
            }
            let second = try purge(path)
            second.waitUntilExit()
            #expect(second.terminationStatus == 75)
            let third = try purge(path, "--if-locked", "skip")
            third.waitUntilExit()
            #expect(third.terminationStatus == 0)
            try await Task.sleep(for: .milliseconds(300))
            kill(slow.processIdentifier, SIGTERM)
            slow.waitUntilExit()
            #expect(slow.terminationReason == .exit && slow.terminationStatus == 143)
            let found = try await counts(path)
            #expect(found.left > 0)
            let limited = try purge(path, "--rate", "20/s", "--max-time", "1s")
            limited.waitUntilExit()
            #expect(limited.terminationStatus == 75)
            let last = try purge(path)
            last.waitUntilExit()
            #expect(last.terminationStatus == 0)
            #expect(try await counts(path).left == 0)
        }
    }
}

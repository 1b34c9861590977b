import ArgumentParser
import Foundation
import Synchronization
import Testing

@testable import MailTool

@Suite struct SuggestionTests {
    @Test(
        arguments: [
            ("ana@uni.example", "anna@uni.example"), ("acount", "account"), ("lsit", "list"), ("xyz", nil), ("", nil),
        ] as [(String, String?)])
    func nearest(_ word: String, _ expected: String?) {
        #expect(Suggestion.nearest(to: word, in: ["anna@uni.example", "account", "list", "alias"]) == expected)
    }
}

@Suite struct JSONTests {
    @Test(arguments: [
        "null", "true", "[]", "{}", "[1,-2,\"a\"]", "[1.5,-0.25,2e3,1E-7,1e400]", "99999999999999999999",
        "{\"a\":{\"b\":[null]},\"c\":\"\\\"\\\\\\n\\u0001é\"}",
    ])
    func roundTrip(_ text: String) throws { #expect(try JSONParser.parse(Array(text.utf8)).compact == text) }

    @Test func escapes() throws {
        #expect(try JSONParser.parse(Array(" \"\\u00e9\\ud83d\\ude00\\/\" ".utf8)) == .text("é😀/"))
    }

    @Test(arguments: [
        ("", 0), ("{", 1), ("[1,]", 3), ("\"a", 2), ("1.", 0), ("1.5e", 0), (".5", 0), ("-", 0),
        ("1.5.2", 3), ("{\"a\" 1}", 5), ("\"\\ud800\"", 7), ("tru", 0),
        ("1 2", 2),
        ("\"\u{01}\"", 2),
    ])
    func wrong(_ text: String, _ offset: Int) {
        let error = #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(text.utf8)) }
        #expect(error?.offset == offset, "\(text)")
    }

    @Test func depthIsBounded() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(Array(deep.utf8)) }
        let bound = JSONParser.maximumDepth - 1
        let fits = String(repeating: "[", count: bound) + "1" + String(repeating: "]", count: bound)
        #expect(throws: Never.self) { try JSONParser.parse(Array(fits.utf8)) }
    }
}

@Suite struct ErrorReportTests {
    static let error = ToolError(.noSuchObject, "account_not_found", "no account \"a\"", hint: "try b")

    @Test(arguments: [
        (["account", "show", "a"], "mailctl: error: no account \"a\"\nmailctl: hint: try b\n"),
        (
            ["account", "show", "a", "--json"],
            "{\"v\":1,\"error\":\"account_not_found\",\"message\":\"no account \\\"a\\\"\",\"exit\":67,\"hint\":\"try b\"}\n"
        ),
        (["--", "--json"], "mailctl: error: no account \"a\"\nmailctl: hint: try b\n"),
    ])
    func shapes(_ arguments: [String], _ expected: String) {
        #expect(ErrorReport(tool: "mailctl", arguments: arguments).text(Self.error) == expected)
    }

    @Test(arguments: [
        (["--password=x"], true), (["--password", "x"], true), (["--", "--password"], false),
        (["--password-stdin"], false),
    ])
    func passwordOnTheCommandLine(_ arguments: [String], _ isRefused: Bool) {
        #expect((SecretArguments.refusal(arguments) != nil) == isRefused)
    }

    @Test func exitCodesAreUnique() {
        #expect(Set(ExitStatus.allCases.map(\.rawValue)).count == ExitStatus.allCases.count)
    }
}

@Suite struct ProgressTests {
    final class Screen: Sendable {
        let text = Mutex("")
        let now = Mutex<Int64>(0)
    }

    private func run(
        _ mode: MailTool.Progress.Mode, isTerminal: Bool, columns: Int = 80, steps: [Int64]
    ) -> String {
        let screen = Screen()
        var progress = MailTool.Progress(
            "messages", total: 100, mode: mode, isTerminal: isTerminal, columns: columns,
            clock: { screen.now.withLock { $0 } }, draw: { text in screen.text.withLock { $0 += text } })
        for step in steps {
            screen.now.withLock { $0 = step }
            progress.advance(by: 10)
        }
        progress.finish()
        return screen.text.withLock { $0 }
    }

    @Test func shortWorkIsSilent() { #expect(run(.auto, isTerminal: true, steps: [10, 500, 999]) == "") }
    @Test func noTerminalIsSilent() { #expect(run(.auto, isTerminal: false, steps: [10, 5_000]) == "") }
    @Test func longWorkIsShownAndErased() {
        #expect(
            run(.auto, isTerminal: true, steps: [500, 1_000, 1_050])
                == "\rmessages 20/100 20%, 20/s, 0:04 left\u{1B}[K\r\u{1B}[K")
    }
    /// One column stays free: a terminal wraps when the last one is taken.
    @Test(arguments: [
        (34, "messages 10/100 10%, 10/s, 0:09 left"), (37, "messages 10/100 10%, 10/s, 0:09 left"),
        (12, "messages 10/100 10%, 10/s, 0:09 left"),
    ]) func theLineFits(_ columns: Int, _ line: String) {
        #expect(
            run(.auto, isTerminal: true, columns: columns, steps: [1_000])
                == "\r\(line.prefix(columns - 1))\u{1B}[K\r\u{1B}[K")
    }
    @Test func json() {
        #expect(
            run(.json, isTerminal: false, steps: [1_000, 5_000])
                == "{\"v\":1,\"type\":\"progress\",\"what\":\"messages\",\"done\":20,\"total\":100,\"per_second\":4,\"seconds_left\":20}\n"
        )
    }
}

@Suite struct PasswordInputTests {
    private func file(_ content: String, mode: Int) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data(content.utf8), attributes: [.posixPermissions: mode]))
        return path
    }

    @Test(arguments: [("secret\nnext\n", "secret"), ("pässwört", "pässwört"), ("a b\r\n", "a b")])
    func firstLine(_ content: String, _ password: String) throws {
        let path = try file(content, mode: 0o600)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try PasswordInput.read(.file(path)) == Array(password.utf8))
    }

    @Test func readableFileIsRefused() throws {
        let path = try file("secret", mode: 0o640)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let error = #expect(throws: ToolError.self) { try PasswordInput.read(.file(path)) }
        #expect(error?.status == .permission)
    }

    @Test(arguments: [(1_024, true), (1_025, false)])
    func length(_ count: Int, _ fits: Bool) throws {
        let path = try file(String(repeating: "a", count: count), mode: 0o600)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect((try? PasswordInput.read(.file(path)))?.count == (fits ? count : nil))
    }

    @Test func absentFile() {
        let error = #expect(throws: ToolError.self) { try PasswordInput.read(.file("/nonexistent")) }
        #expect(error?.status == .noInput)
    }
}

@Test func timesForMachines() { #expect(TimeText.machine(0) == "1970-01-01T00:00:00Z") }

@Test(arguments: [
    ("2027-02-31", false), ("2027-02-29", false), ("2028-02-29", true), ("2027-02-30T12:00:00Z", false),
    ("2027-04-31", false), ("2027-04-30T00:00:00+02:00", true), ("2100-02-29", false), ("2000-02-29", true),
    ("2027-12-31T23:59:60Z", true), ("2027-00-10", false), ("2027-06-00", false), ("1969-12-31", true),
])
func daysThatDoNotExistAreNone(_ text: String, _ isThere: Bool) { #expect((TimeText.parse(text) != nil) == isThere) }

import Foundation
import Testing

/// Help, manual and completions name the same options.
@Suite struct AgreementTests {
    static let root = ScriptTests.root.deletingLastPathComponent()

    private func output(_ tool: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = try #require(ScriptTests.tools).appending(path: tool)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return data
    }

    private func dump(_ tool: String) throws -> [String: Any] {
        let data = try output(tool, ["--experimental-dump-help"])
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        return try #require(object["command"] as? [String: Any])
    }

    private func options(_ command: [String: Any]) -> Set<String> {
        var found: Set<String> = []
        for argument in command["arguments"] as? [[String: Any]] ?? [] where argument["shouldDisplay"] as? Bool == true
        {
            for name in argument["names"] as? [[String: Any]] ?? [] where name["kind"] as? String == "long" {
                if let text = name["name"] as? String { found.insert(text) }
            }
        }
        for sub in command["subcommands"] as? [[String: Any]] ?? [] where sub["commandName"] as? String != "help" {
            found.formUnion(options(sub))
        }
        return found
    }

    /// Section 8 for administrators, 1 for everybody.
    private func manual(of tool: String) throws -> String {
        let pages = ["8", "1"].map { Self.root.appending(path: "docs/man/\(tool).\($0)") }
        let page = try #require(pages.first { FileManager.default.fileExists(atPath: $0.path) })
        return try String(contentsOf: page, encoding: .utf8)
    }

    static let names =
        (try? String(contentsOf: root.appending(path: "scripts/tools"), encoding: .utf8))?
        .split(separator: "\n").map(String.init) ?? []

    @Test func thereAreTools() { #expect(Self.names.count >= 4) }

    /// After a change of options: `scripts/completions`, or this test with RECORD_GENERATED=1.
    @Test(arguments: names, [("bash", "%.bash"), ("zsh", "_%"), ("fish", "%.fish")])
    func completionsAreUpToDate(_ tool: String, _ form: (shell: String, file: String)) throws {
        let file = Self.root.appending(path: "completions/" + form.file.replacing("%", with: tool))
        let script = try output(tool, ["--completion", form.shell])
        if ProcessInfo.processInfo.environment["RECORD_GENERATED"] != nil { try script.write(to: file) }
        #expect(try Data(contentsOf: file) == script, "\(file.path) is older than the options of \(tool)")
    }

    @Test(arguments: names)
    func everyOptionIsEverywhere(_ tool: String) throws {
        let names = options(try dump(tool))
        #expect(names.count > 5)
        let manual = try manual(of: tool)
        for name in names { #expect(manual.contains(" -\(name)"), "--\(name) is missing in the manual of \(tool)") }
        for file in ["\(tool).bash", "_\(tool)", "\(tool).fish"] {
            let text = try String(contentsOf: Self.root.appending(path: "completions/\(file)"), encoding: .utf8)
            for name in names { #expect(text.contains(name), "--\(name) is missing in completions/\(file)") }
        }
        for part in manual.matches(of: /Fl -([a-z0-9][a-z0-9-]+)/) {
            #expect(names.contains(String(part.1)), "the manual of \(tool) names --\(part.1), which does not exist")
        }
    }
}

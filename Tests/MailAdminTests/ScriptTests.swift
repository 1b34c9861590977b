import Foundation
import Testing

/// Runs the dialogues of Tests/Scripts against the built tools: see its README for the form.
@Suite struct ScriptTests {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let files =
        ((try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Scripts").path)) ?? [])
        .filter { $0.hasSuffix(".txt") }.sorted()

    /// Beside the program that runs the tests.
    static let tools: URL? = {
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
            return nil
        }
        let folder = URL(filePath: program).deletingLastPathComponent()
        return FileManager.default.isExecutableFile(atPath: folder.appending(path: "mailctl").path) ? folder : nil
    }()

    @Test func thereAreDialogues() { #expect(Self.files.count >= 7) }
    @Test func theToolsAreBuilt() { #expect(Self.tools != nil) }

    @Test(arguments: files)
    func dialogue(_ name: String) throws {
        let tools = try #require(Self.tools)
        let text = try String(contentsOf: Self.root.appending(path: "Scripts/\(name)"), encoding: .utf8)
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for step in Step.parse(text) {
            let result = try step.run(in: folder, tools: tools)
            let place = "\(name):\(step.line): \(step.command)"
            #expect(Step.agree(step.output, result.output), "\(place)\nstdout:\n\(result.output)")
            #expect(Step.agree(step.errors, result.errors), "\(place)\nstderr:\n\(result.errors)")
            #expect(result.code == step.code, "\(place)\nstderr:\n\(result.errors)")
        }
    }
}

/// One command with all that is expected of it.
struct Step {
    struct Expected {
        let text: String
        let isPattern: Bool
    }

    let line: Int
    let command: String
    var input = ""
    var output: [Expected] = []
    var errors: [Expected] = []
    var code: Int32 = 0

    static func parse(_ text: String) -> [Step] {
        var steps: [Step] = []
        for (number, line) in text.split(separator: "\n").enumerated() {
            func rest(_ mark: String) -> String? { line.hasPrefix(mark) ? String(line.dropFirst(mark.count)) : nil }
            if let command = rest("$ ") {
                steps.append(Step(line: number + 1, command: command))
            } else if line.hasPrefix("# ") || steps.isEmpty {
                continue
            } else {
                let last = steps.count - 1
                if let text = rest("< ") {
                    steps[last].input += text + "\n"
                } else if let text = rest("!~ ") {
                    steps[last].errors.append(Expected(text: text, isPattern: true))
                } else if let text = rest("! ") {
                    steps[last].errors.append(Expected(text: text, isPattern: false))
                } else if let text = rest("? ") {
                    steps[last].code = Int32(text) ?? -1
                } else if let text = rest("~ ") {
                    steps[last].output.append(Expected(text: text, isPattern: true))
                } else {
                    steps[last].output.append(Expected(text: String(line), isPattern: false))
                }
            }
        }
        return steps
    }

    static func agree(_ expected: [Expected], _ text: String) -> Bool {
        let text = text.replacing("\r\n", with: "\n")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(
            text.hasSuffix("\n") || text.isEmpty ? 1 : 0)
        guard lines.count == expected.count else { return false }
        return zip(expected, lines).allSatisfy { wanted, line in
            guard wanted.isPattern else { return wanted.text == line }
            return (try? Regex(wanted.text)).map { line.contains($0) } ?? false
        }
    }

    func run(in folder: URL, tools: URL) throws -> (output: String, errors: String, code: Int32) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        let sanitizers = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }
        process.environment = sanitizers.merging([
            "PATH": tools.path + ":/usr/bin:/bin", "DIR": folder.path,
            "MAIL_STORE": folder.appending(path: "store").path, "TZ": "UTC",
            "MAIL_CONFIG": "/dev/null",
        ]) { _, own in own }
        let (input, output, errors) = (
            folder.appending(path: ".in"), folder.appending(path: ".out"), folder.appending(path: ".err")
        )
        try self.input.write(to: input, atomically: false, encoding: .utf8)
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return (
            try String(contentsOf: output, encoding: .utf8), try String(contentsOf: errors, encoding: .utf8),
            process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        )
    }
}

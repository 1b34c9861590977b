import Foundation
import Testing

@testable import MailAdmin

/// The units that `mailctl units` prints are the files of share/systemd. After a change run
/// `RECORD_GENERATED=1 swift test --filter UnitTests`, and build again.
@Suite struct UnitTests {
    private static let root = ScriptTests.root.deletingLastPathComponent()
    private static let copy = root.appending(path: "Sources/MailAdmin/Units/SystemdUnits+Files.swift")

    @Test func theCopiesAreUpToDate() throws {
        let text = try Self.source()
        if ProcessInfo.processInfo.environment["RECORD_GENERATED"] != nil {
            try text.write(to: Self.copy, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: Self.copy, encoding: .utf8) == text)
        #expect(SystemdUnit.all.count >= 5 && SystemdUnit.all.allSatisfy { !$0.description.isEmpty })
    }

    private static func source() throws -> String {
        let folder = root.appending(path: "share/systemd")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let units = try names.map { name in
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let body = lines.map { $0.isEmpty ? "" : "                \($0)" }.joined(separator: "\n")
            return
                "        SystemdUnit(\n            name: \"\(name)\",\n            text: #\"\"\"\n\(body)\n                \"\"\"#),\n"
        }
        return
            "// swift-format-ignore-file\n// Made by UnitTests from share/systemd.\nextension SystemdUnit {\n    package static let all: [SystemdUnit] = [\n"
            + units.joined() + "    ]\n}\n"
    }
}

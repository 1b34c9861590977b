import Foundation
import Testing

@testable import MailConfig

/// The example file and the manual's list of keys are made from the keys themselves. After a change of keys, run
/// `RECORD_GENERATED=1 swift test --filter GeneratedFiles` and look at the difference.
@Suite struct GeneratedFilesTests {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let isRecording = ProcessInfo.processInfo.environment["RECORD_GENERATED"] != nil

    @Test func exampleFile() throws {
        let file = Self.root.appending(path: "share/examples/mail.conf")
        if Self.isRecording { try Configuration.example.write(to: file, atomically: true, encoding: .utf8) }
        #expect(try String(contentsOf: file, encoding: .utf8) == Configuration.example)
    }

    @Test func exampleFileWithoutCommentSignsGivesTheDefaults() throws {
        let text = Configuration.example.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("#") && !$0.hasPrefix("# ") ? $0.dropFirst() : $0 }.joined(separator: "\n")
        #expect(try Configuration(text: text) == Configuration())
    }

    @Test func manualListsEveryKey() throws {
        let file = Self.root.appending(path: "docs/man/mail.conf.5")
        let text = try String(contentsOf: file, encoding: .utf8)
        let parts = text.components(separatedBy: ".\\\" keys: generated from Sources/MailConfig\n")
        try #require(parts.count == 3)
        if Self.isRecording {
            let mark = ".\\\" keys: generated from Sources/MailConfig\n"
            try (parts[0] + mark + Configuration.manual + mark + parts[2]).write(
                to: file, atomically: true, encoding: .utf8)
            return
        }
        #expect(parts[1] == Configuration.manual)
    }
}

import Foundation
import Testing

@testable import MailProbe

/// The manual's list of checks is made from the catalogue. After a change, run `RECORD_GENERATED=1 swift test --filter
/// ManualTests` and look at the difference.
@Suite(.serialized) struct ManualTests {
    static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let isRecording = ProcessInfo.processInfo.environment["RECORD_GENERATED"] != nil
    static let mark = ".\\\" checks: generated from Sources/MailProbe\n"

    static func parts() throws -> (file: URL, parts: [String]) {
        let file = root.appending(path: "docs/man/mail-probe.1")
        return (file, try String(contentsOf: file, encoding: .utf8).components(separatedBy: mark))
    }

    static var list: String {
        let items = CheckCatalogue.all.map { check in
            ".It Ic \(check.id) Pq \(check.severity.rawValue)\n\(check.title.english.replacing(".", with: "\\&."))."
        }
        return ".Bl -tag -width Ds\n" + items.map { $0 + "\n" }.joined() + ".El\n"
    }

    @Test func manualListsEveryCheck() throws {
        let (file, parts) = try Self.parts()
        try #require(parts.count == 3)
        if Self.isRecording {
            let text = parts[0] + Self.mark + Self.list + Self.mark + parts[2]
            return try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(parts[1] == Self.list)
    }

    /// Read as a reader does, not as it was written.
    @Test func manualNamesEveryCheckOnceAndNoneElse() throws {
        let list = try #require(try Self.parts().parts.dropFirst().first)
        let listed = list.matches(of: /\.It Ic (\S+) Pq (\w+)\n/).map { "\($0.1) \($0.2)" }
        #expect(listed.sorted() == CheckCatalogue.all.map { "\($0.id) \($0.severity.rawValue)" }.sorted())
    }

    @Test func whatTheRestOfTheManualNamesExists() throws {
        let parts = try Self.parts().parts
        for text in [parts.first, parts.last] {
            for id in Self.ids(in: try #require(text)) {
                #expect(CheckCatalogue.check(.init(stringLiteral: id)) != nil, "\(id)")
            }
        }
    }

    private static func ids(in text: String) -> [String] {
        text.matches(of: /\b(?:dns|autoconfig|net|clock|proto|tls|auth|imap|pop|smtp|set)\.[a-z0-9][a-z0-9.-]*[a-z0-9]/)
            .map { String($0.0) }.filter { !$0.contains("example") }
    }

    /// A check that stands in no list would never be explained, and one that nobody wrote would have no words.
    @Test func sourcesAndCatalogueKnowTheSameChecks() throws {
        let folder = Self.root.appending(path: "Sources/MailProbe")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".swift") }
        let catalogue = Set(CheckCatalogue.all.map(\.id.text))
        var (written, used): (Set<String>, Set<String>) = ([], [])
        for file in files {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            written.formUnion(text.matches(of: /= Check\(\s*"([^"]+)"/).map { String($0.1) })
            guard !file.hasPrefix("Checks/") else { continue }
            used.formUnion(
                text.matches(
                    of: /"((?:dns|autoconfig|net|clock|proto|tls|auth|imap|pop|smtp|set)\.[a-z0-9.-]*[a-z0-9])"/
                )
                .map { String($0.1) })
        }
        #expect(written == catalogue)
        #expect(used.count > 30 && used.isSubset(of: catalogue), "\(used.subtracting(catalogue))")
        #expect(catalogue.isSubset(of: used), "nobody finds \(catalogue.subtracting(used))")
    }
}

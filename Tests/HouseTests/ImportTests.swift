import Foundation
import Testing

/// Reads every import below Sources and fails on an arrow that docs/ARCHITECTURE.md does not draw.
@Suite struct ImportTests {
    @Test func everyImportIsAnArrowOfTheHouse() throws {
        let imports = try SourceTree.imports()
        #expect(imports.count > 100, "too few imports found: is this the source tree?")
        for found in imports {
            #expect(ImportTests.isAllowed(found), "\(found.file): \(found.target) may not import \(found.module)")
        }
    }

    @Test func everyTargetIsInTheTable() throws {
        let targets = try SourceTree.targets().filter { !$0.hasPrefix("C") }
        #expect(Set(targets) == Set(Arrows.own.keys))
    }

    /// The check itself can fail: three arrows that must never be drawn.
    @Test(arguments: [("MailStore", "MailWire"), ("mailctl", "CSQLite"), ("MailWire", "NIOCore")])
    func forbiddenArrowsAreSeen(target: String, module: String) {
        #expect(!ImportTests.isAllowed(.init(file: "x.swift", target: target, module: module)))
    }

    static func isAllowed(_ found: SourceTree.Import) -> Bool {
        if Arrows.platform.contains(found.module) { return true }
        if let owners = Arrows.outside[found.module] { return owners.contains(found.target) }
        return Arrows.own[found.target]?.contains(found.module) ?? false
    }
}

enum SourceTree {
    struct Import: Sendable { var file, target, module: String }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    static func targets() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.path).sorted()
    }

    struct File: Sendable { var name, target, text: String }

    /// Every Swift file below Sources; its name begins with its target.
    static func files() throws -> [File] {
        try targets().flatMap { target in
            let folder = root.appending(path: target)
            let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
            return try files.filter { $0.hasSuffix(".swift") }.map { file in
                let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                return File(name: "\(target)/\(file)", target: target, text: text)
            }
        }
    }

    static func imports() throws -> [Import] {
        try files().flatMap { file in
            modules(in: file.text).map { Import(file: file.name, target: file.target, module: $0) }
        }
    }

    private static func modules(in text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let at = words.firstIndex(of: "import"), words[..<at].allSatisfy(isImportModifier) else { return nil }
            let rest = words[(at + 1)...].drop { ["struct", "class", "enum", "func", "protocol"].contains($0) }
            return rest.first.map { String($0.prefix { $0 != "." }) }
        }
    }

    private static func isImportModifier(_ word: Substring) -> Bool {
        word.hasPrefix("@") || ["package", "internal", "private", "fileprivate", "public"].contains(word)
    }
}

import Foundation
import Testing

/// STYLE rule 15 as far as text can tell: nothing in Sources ends the process because somebody outside sent the wrong bytes.
@Suite struct TrapTests {
    /// What may stand there all the same, and why.
    private static let allowed: Set<String> = [
        // The configuration's keys are a table of ours, written out in the program.
        "MailConfig/Configuration.swift: uniqueKeysWithValues",
        // Objects differ from each other.
        "MailTransport/Loops/LoopResources.swift: uniqueKeysWithValues",
    ]

    @Test func nothingInSourcesTraps() throws {
        var lines = 0
        for file in try SourceTree.files() {
            for (number, line) in PlainLines(file.text).enumerated() {
                lines += 1
                guard let trap = Trap.inside(line), !Self.allowed.contains("\(file.name): \(trap)") else { continue }
                Issue.record("Sources/\(file.name):\(number + 1): \(trap) in \"\(line)\"")
            }
        }
        #expect(lines > 10_000, "too few lines found: is this the source tree?")
    }

    /// The check itself can fail.
    @Test(arguments: [
        ("let a = try! read()", "try!"), ("a as! B", "as!"), ("fatalError()", "fatalError"), ("x.first!.y", "!"),
        ("f()! + 1", "!"), ("a[0]!", "!"), ("var a: Int!", "!"), ("precondition(x)", "precondition("),
        ("x.unsafelyUnwrapped", "unsafelyUnwrapped"), ("unsafeBitCast(a, to: B.self)", "unsafeBitCast"),
        ("Dictionary(uniqueKeysWithValues: a)", "uniqueKeysWithValues"), ("\"\\(a!)\"", "!"),
    ])
    func trapsAreSeen(line: String, trap: String) {
        #expect(PlainLines(line).compactMap { Trap.inside($0) } == [trap])
    }

    @Test(arguments: [
        "if !a, a != b { return }", "// never try! this", "\"Hello!\"", "/// x.first!", "a(\"b! \\\"c!\")",
        "\"\"\"\na!b()!\n\"\"\"",
    ])
    func othersAreNot(text: String) { #expect(PlainLines(text).compactMap { Trap.inside($0) } == []) }
}

private enum Trap {
    private static let words = [
        "try!", "as!", "fatalError", "preconditionFailure", "precondition(", "assertionFailure", "assert(",
        "unsafelyUnwrapped", "unsafeBitCast", "uniqueKeysWithValues", "assumingMemoryBound(to: AnyObject",
    ]

    static func inside(_ line: String) -> String? {
        if let word = words.first(where: { line.contains($0) }) { return word }
        return line.contains(/[\w\)\]\}>?]!(?!=)/) ? "!" : nil
    }
}

/// Lines of Swift without comments and without what stands in quotes; what is interpolated stays.
private struct PlainLines: Sequence {
    private let lines: [String]

    init(_ text: String) {
        var isQuoted = false
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            defer { if line.contains("\"\"\"") { isQuoted.toggle() } }
            return isQuoted || line.contains("\"\"\"") ? "" : Self.bare(String(line))
        }
    }

    func makeIterator() -> Array<String>.Iterator { lines.makeIterator() }

    private static func bare(_ line: String) -> String {
        var line = line.replacing(/\\\(([^()"]*)\)/) { "\" \($0.output.1) \"" }
        line = line.replacing(/"(\\.|[^"\\])*"/, with: "\"\"")
        return line.firstRange(of: "//").map { String(line[..<$0.lowerBound]) } ?? line
    }
}

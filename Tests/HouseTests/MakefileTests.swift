import Foundation
import Testing

/// make(1) takes a phony target without a rule as done: a suite that nobody runs.
@Suite struct MakefileTests {
    @Test func everySuiteOfMakeTestHasItsRule() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        let lines = try String(contentsOf: root.appending(path: "Makefile"), encoding: .utf8).split(separator: "\n")
        let suites = try #require(lines.first { $0.hasPrefix("test: ") }).split(separator: " ").dropFirst()
        #expect(suites.count > 10)
        for suite in suites {
            let rule = lines.firstIndex { $0.hasPrefix("\(suite):") }
            let recipe = rule.flatMap { lines.index($0, offsetBy: 1, limitedBy: lines.count - 1) }
            #expect(recipe.map { lines[$0].hasPrefix("\t") } ?? false, "\(suite) has no rule, or one that does nothing")
        }
    }
}

import Foundation
import Testing

/// One conversation as a text file: what each client sends and what it must get back.
///
///     # a comment
///     C: a LOGIN alice secret          client 1; `C2:` is client 2
///     S: a OK <any>                    the next line must match
///     S2~ * 3 EXISTS                   lines are skipped until one matches
///     C: b APPEND INBOX {*}            a literal of the `L:` lines that follow, its size filled in; `{*+}` does not wait
///     L: Subject: x
///     C:                               what stands behind the literal
///     ! starttls 1                     see `Directive`
///
/// In what the server says: `<any>` any text, `<n>` digits, `<n:x>` and `<word:x>` remember what they match or compare
/// with what they remembered, `<closed>` the end of the connection. `<$x>` is what was remembered, in both directions.
/// `<CR>`, `<LF>`, `<NUL>` and `<x 1000 times>` help clients to misbehave.
struct DialogueFile: Sendable, CustomTestStringConvertible {
    enum Step: Sendable, Equatable {
        case send(client: Int, String)
        case literal(client: Int, [String], waits: Bool, head: String)
        case expect(client: Int, String)
        case skipTo(client: Int, String)
        case directive([String])
    }

    struct Line: Sendable, Equatable {
        let number: Int
        let step: Step
    }

    struct SyntaxError: Error, Equatable { let line: Int }

    let name: String
    let lines: [Line]
    var testDescription: String { name }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Dialogues")

    /// Every file of one protocol; an empty folder is an error, so that no test passes by finding nothing.
    static func all(_ protocolName: String) -> [DialogueFile] {
        let folder = folder.appendingPathComponent(protocolName)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".txt") }.sorted().map { name in
            let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
            do {
                return DialogueFile(name: "\(protocolName)/\(name)", lines: try parse(text))
            } catch {
                return DialogueFile(name: "\(protocolName)/\(name): \(error)", lines: [])
            }
        }
    }

    static func parse(_ text: String) throws -> [Line] {
        var lines: [Line] = []
        var literal: (client: Int, head: String, waits: Bool, number: Int, content: [String])?
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            let number = index + 1
            if line.hasPrefix("L:"), literal != nil {
                literal?.content.append(String(line.dropFirst(line.hasPrefix("L: ") ? 3 : 2)))
                continue
            }
            if let done = literal {
                let step = Step.literal(client: done.client, done.content, waits: done.waits, head: done.head)
                lines.append(Line(number: done.number, step: step))
                literal = nil
            }
            guard let step = try step(line, number) else { continue }
            if case .send(let client, let head) = step, head.hasSuffix("{*}") || head.hasSuffix("{*+}") {
                let waits = head.hasSuffix("{*}")
                literal = (client, String(head.dropLast(waits ? 3 : 4)), waits, number, [])
            } else {
                lines.append(Line(number: number, step: step))
            }
        }
        return lines
    }

    private static func step(_ line: String, _ number: Int) throws -> Step? {
        if line.hasPrefix("#") || line.trimmingCharacters(in: .whitespaces).isEmpty { return nil }
        if line.hasPrefix("!") { return .directive(line.dropFirst().split(separator: " ").map(String.init)) }
        guard let match = line.wholeMatch(of: /([CS])([0-9]?)([:~]) ?(.*)/) else { throw SyntaxError(line: number) }
        let client = Int(match.2) ?? 1
        switch (match.1, match.3) {
        case ("C", ":"): return .send(client: client, String(match.4))
        case ("S", ":"): return .expect(client: client, String(match.4))
        case ("S", "~"): return .skipTo(client: client, String(match.4))
        default: throw SyntaxError(line: number)
        }
    }
}

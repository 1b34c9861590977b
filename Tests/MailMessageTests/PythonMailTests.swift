import Foundation
import MailMessage
import Testing

/// The test messages of Python's email package, read by both.
struct PythonMailTests {
    struct Line: Decodable {
        struct Part: Decodable {
            let depth: Int
            let type: String
            let body: String?
        }
        let directory: String?
        let file: String?
        let parts: [Part]?
        let headers: [[String]]?
    }

    /// Where we deliberately read otherwise than Python, and why.
    static let differences: [String: String] = [
        "msg_15.txt": "the same boundary inside and outside: the inner multipart goes first",
        "msg_39.txt": "the same boundary inside and outside: the inner multipart goes first",
        "msg_37.txt": "two delimiters in a row have an empty part between them",
        "msg_42.txt": "a multipart without parts is text, its lone close-delimiter too",
    ]

    static func lines() throws -> [Line] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", Corpus.directory.appendingPathComponent("python-structure.py").path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try data.split(separator: 0x0a).map { try JSONDecoder().decode(Line.self, from: $0) }
    }

    @Test func partsAndBodiesAreThoseOfPython() throws {
        let lines = try Self.lines()
        let directory = try #require(lines.first?.directory)
        let messages = lines.dropFirst()
        #expect(messages.count >= 40, "Python's test messages are missing: apt-get install libpython3.11-testsuite")
        for line in messages {
            let file = try #require(line.file)
            guard Self.differences[file] == nil else { continue }
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: directory).appendingPathComponent(file)))
            compare(ParsedMessage(bytes), bytes, try #require(line.parts), file)
        }
    }

    private func compare(_ message: ParsedMessage, _ bytes: [UInt8], _ expected: [Line.Part], _ file: String) {
        let found = message.parts.map { "\(depth(of: $0, message)) \($0.mediaType.type)/\($0.mediaType.subtype)" }
        #expect(found == expected.map { "\($0.depth) \($0.type)" }, "\(file)")
        guard found.count == expected.count else { return }
        for (part, expected) in zip(message.parts, expected) where part.kind == .leaf {
            guard let body = expected.body.flatMap({ Data(base64Encoded: $0) }) else { continue }
            let found = text(bytes[part.bodyRange]).replacingOccurrences(of: "\r\n", with: "\n")  // Python reads so
            #expect(found == text(Array(body)), "\(file) part \(part.index)")
        }
    }

    private func depth(of part: Part, _ message: ParsedMessage) -> Int {
        var depth = 0
        var current = part.parent
        while let index = current {
            depth += 1
            current = message.parts[index].parent
        }
        return depth
    }

    @Test func fieldsAreThoseOfPython() throws {
        let lines = try Self.lines()
        let directory = try #require(lines.first?.directory)
        for line in lines.dropFirst() {
            let file = try #require(line.file)
            guard Self.differences[file] == nil else { continue }
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: directory).appendingPathComponent(file)))
            let found = ParsedMessage(bytes).header.fields.map { field in
                [field.nameText, text(field.unfolded).split(whereSeparator: \.isWhitespace).joined(separator: " ")]
            }
            #expect(found == line.headers, "\(file)")
        }
    }
}

import ArgumentParser
import Foundation
import Testing

@testable import MailTool

/// Collects what a writer puts out.
func captured(_ body: (StandardOutput) throws -> Void) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let descriptor = open(file.path, O_CREAT | O_RDWR, 0o600)
    defer {
        close(descriptor)
        try? FileManager.default.removeItem(at: file)
    }
    let output = StandardOutput(descriptor: descriptor)
    try body(output)
    try output.flush()
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
}

@Suite struct RecordWriterTests {
    struct Person: Sendable {
        let name: String
        let bytes: Int64?
        let tags: [String]
    }

    static let people = [
        Person(name: "anna", bytes: 2_000, tags: ["a", "b"]),
        Person(name: "tab\there, \"x\"\\\nline", bytes: nil, tags: []),
    ]
    static let columns: [Column<Person>] = [
        Column("name") { .text($0.name) },
        Column("used_bytes") { .number($0.bytes, shown: $0.bytes.map { "\($0 / 1000) kB" }) },
        Column("tags", isShown: false) { .list($0.tags) },
    ]

    struct Row: Sendable {
        let arguments: [String]
        let expected: String
    }

    @Test(arguments: [
        Row(
            arguments: [],
            expected:
                "name                 used bytes\nanna                       2 kB\ntab�here, \"x\"\\�line           –\n"
        ),
        Row(arguments: ["--format", "table", "--no-header", "--columns", "used_bytes"], expected: "2 kB\n   –\n"),
        Row(arguments: ["--format", "tsv"], expected: "anna\t2000\ta,b\ntab\\there, \"x\"\\\\\\nline\t\t\n"),
        Row(
            arguments: ["--format", "csv"],
            expected: "name,used_bytes,tags\r\nanna,2000,\"a,b\"\r\n\"tab\there, \"\"x\"\"\\\nline\",,\r\n"),
        Row(
            arguments: ["--json"],
            expected: "{\"v\":1,\"name\":\"anna\",\"used_bytes\":2000,\"tags\":[\"a\",\"b\"]}\n"
                + "{\"v\":1,\"name\":\"tab\\there, \\\"x\\\"\\\\\\nline\",\"used_bytes\":null,\"tags\":[]}\n"),
        Row(
            arguments: ["--format", "json", "--columns", "used_bytes", "--sort", "used_bytes"],
            expected: "[{\"v\":1,\"used_bytes\":null},{\"v\":1,\"used_bytes\":2000}]\n"),
        Row(arguments: ["-0"], expected: "anna\0tab\there, \"x\"\\\nline\0"),
        Row(
            arguments: ["--zero", "--columns", "used_bytes,name", "--sort", "name:desc"],
            expected: "\ttab\there, \"x\"\\\nline\u{0}2000\tanna\0"),
    ])
    func formats(_ row: Row) throws {
        let options = try OutputOptions.parse(row.arguments)
        let text = try captured { output in
            try RecordWriter(Self.columns, options, output: output).write(Self.people)
        }
        #expect(text == row.expected)
        let streamed = try captured { output in
            var stream = RecordStream(try RecordWriter(Self.columns, options, output: output))
            for person in Self.people { try stream.add(person) }
            try stream.finish()
        }
        #expect(streamed == row.expected)
    }

    @Test(arguments: [("tsv", 1), ("ndjson", 1), ("csv", 2), ("table", 0), ("json", 0)])
    func aLineStandsWhereItComes(_ format: String, _ lines: Int) throws {
        let options = try OutputOptions.parse(["--format", format])
        let text = try captured { output in
            var stream = RecordStream(try RecordWriter(Self.columns, options, output: output))
            try stream.add(Self.people[0])
        }
        #expect(text.utf8.count { $0 == 0x0a } == lines)
    }

    @Test func oneThing() throws {
        let text = try captured {
            try RecordWriter(Self.columns, try OutputOptions.parse([]), output: $0).writeOne(Self.people[0])
        }
        #expect(text == "name        anna\nused bytes  2 kB\n")
    }

    @Test func unknownColumn() throws {
        let options = try OutputOptions.parse(["--columns", "usedbytes"])
        #expect(
            throws: ToolError.usage(
                "no column \"usedbytes\" (did you mean used_bytes?)", hint: "columns: name,used_bytes,tags")
        ) { try RecordWriter(Self.columns, options) }
    }

    @Test func environmentIsWeakest() throws {
        #expect(try OutputOptions.parse([]).resolved(environment: "csv") == .csv)
        #expect(try OutputOptions.parse(["--format", "tsv"]).resolved(environment: "csv") == .tsv)
        #expect(throws: ToolError.self) { try OutputOptions.parse([]).resolved(environment: "xml") }
    }

    @Test func fullDiskIsAnError() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        defer { close(descriptor) }
        let output = StandardOutput(descriptor: descriptor)
        try output.write("x")
        let error = #expect(throws: ToolError.self) { try output.flush() }
        #expect(error?.status == .inputOutput)
    }
}

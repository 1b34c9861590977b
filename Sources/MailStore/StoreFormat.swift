internal import Glibc

/// The file `store` at the top: what this directory is, and whether it is only for tests.
struct StoreFormat: Sendable, Equatable {
    static let version = 1
    static let sizeLimit = 4_096
    var isTestStore: Bool

    static func path(in directory: String) -> String { directory + "/store" }

    func write(to directory: String) throws {
        let text = "posthus store\nformat=\(Self.version)\ntest=\(isTestStore ? 1 : 0)\n"
        let path = Self.path(in: directory)
        let file = try FileHandle.create(path)
        do {
            try Array(text.utf8).withUnsafeBytes { try file.write($0) }
            try file.synchronise()
            try StoreFolder.synchronise(directory)
        } catch {
            unlink(path)
            throw error
        }
    }

    static func read(from directory: String) throws -> StoreFormat {
        let path = path(in: directory)
        guard StoreFolder.exists(path) else { throw StoreError.notFound("a store at \(directory)") }
        let text = String(decoding: try FileHandle.openForReading(path).read(at: 0, count: sizeLimit), as: UTF8.self)
        let lines = text.split(separator: "\n")
        guard lines.first == "posthus store" else {
            throw StoreError.damaged(file: path, detail: "it does not begin with \"posthus store\"")
        }
        let values = Dictionary(lines.dropFirst().compactMap(Self.pair), uniquingKeysWith: { $1 })
        guard let format = values["format"].flatMap({ Int($0) }) else {
            throw StoreError.damaged(file: path, detail: "it names no format")
        }
        guard format <= version else { throw StoreError.newerSchema(file: path, found: format, known: version) }
        return StoreFormat(isTestStore: values["test"] == "1")
    }

    private static func pair(_ line: Substring) -> (Substring, Substring)? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        return (line[..<equals], line[line.index(after: equals)...])
    }
}

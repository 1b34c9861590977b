import MailMessage

/// The messages of one Maildir folder, by name and so by time.
struct MaildirReader {
    struct File: Equatable {
        let path: String
        let name: String
        let isNew: Bool
    }

    let files: [File]
    private let keywords: [Character: Keyword]

    init(_ path: String) throws(AdminError) {
        var files: [File] = []
        for folder in ["cur", "new"] where FileSystem.isFolder("\(path)/\(folder)") {
            for name in try FileSystem.names(in: "\(path)/\(folder)") where !name.hasPrefix(".") {
                files.append(File(path: "\(path)/\(folder)/\(name)", name: name, isNew: folder == "new"))
            }
        }
        self.files = files.sorted { Self.order($0.name) < Self.order($1.name) }
        keywords = Self.keywords((try? FileSystem.bytes(of: path + "/dovecot-keywords")) ?? [])
    }

    var count: Int { files.count }

    /// Nil when the file has gone meanwhile: a Maildir is read without a lock.
    func message(_ file: File, now: EpochSeconds) throws(AdminError) -> ImportedMessage? {
        let bytes: [UInt8]
        do {
            bytes = try FileSystem.bytes(of: file.path)
        } catch .file(_, code: 2) {
            return nil
        }
        let receivedAt = FileSystem.changedAt(file.path) ?? now
        return ImportedMessage(
            bytes: LineEnds.toMail(bytes), flags: file.isNew ? [] : flags(file.name), receivedAt: receivedAt)
    }

    /// The letters behind `:2,`.
    func flags(_ name: String) -> [Flag] {
        guard let mark = name.lastIndex(of: ":"), name[mark...].hasPrefix(":2,") else { return [] }
        return name[mark...].dropFirst(3).compactMap { letter in
            switch letter {
            case "S": .system(.seen)
            case "R": .system(.answered)
            case "F": .system(.flagged)
            case "T": .system(.deleted)
            case "D": .system(.draft)
            case "P": Keyword("$Forwarded").map { .keyword($0) }
            default: keywords[letter].map { .keyword($0) }
            }
        }
    }

    private static func order(_ name: String) -> (Int64, String) { (Int64(name.prefix { $0.isNumber }) ?? .max, name) }

    /// Dovecot's names of the letters a-z: `0 $Label1`.
    private static func keywords(_ bytes: [UInt8]) -> [Character: Keyword] {
        var result: [Character: Keyword] = [:]
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let number = UInt8(parts[0]), number < 26, let keyword = Keyword(String(parts[1]))
            else {
                continue
            }
            result[Character(Unicode.Scalar(UInt8(ascii: "a") + number))] = keyword
        }
        return result
    }
}

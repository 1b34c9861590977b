internal import CGlibc
internal import Glibc
package import MailMessage

/// A folder of backups:
///
///     backup                     what this is
///     snapshots/<seconds>        one state each: which run of which part
///     parts/<part>/<run>.pack    units of the database that this run added
///     parts/<part>/<run>.map     where each unit of the image lies, with digests
///     parts/<part>/<run>.files   names of the body files of the image
///     parts/<part>/files/        body files, each once
///
/// What a snapshot names is durable before the snapshot has its name. What none names is taken away by the next run.
package struct BackupRepository: Sendable {
    static let mark = "posthus backup\nformat=1\n"
    package let path: String

    /// Throws `.notFound`, or `.invalid` for a folder that is something else.
    package init(at path: String) throws(StoreError) {
        self.path = path
        guard StoreFolder.exists(path + "/backup") else { throw .notFound("backup at \(path)") }
        do {
            let text = String(
                decoding: try FileHandle.openForReading(path + "/backup").read(at: 0, count: 64), as: UTF8.self)
            guard text == Self.mark else { throw StoreError.invalid("\(path) is a backup of another format") }
        } catch { throw StoreError(wrapping: error) }
    }

    /// Makes the folder when there is none, or an empty one.
    package static func make(at path: String) throws(StoreError) -> BackupRepository {
        if !StoreFolder.exists(path + "/backup") {
            do {
                try StoreFolder.make(path)
                guard StoreFolder.entries(of: path).isEmpty else {
                    throw StoreError.invalid("\(path) has other things in it: name a new folder for backups")
                }
                for folder in ["snapshots", "parts"] { try StoreFolder.make("\(path)/\(folder)") }
                try write(Array(mark.utf8), to: path + "/backup")
            } catch { throw StoreError(wrapping: error) }
        }
        return try BackupRepository(at: path)
    }

    /// Oldest first.
    package func moments() -> [EpochSeconds] {
        StoreFolder.entries(of: path + "/snapshots").compactMap { Int64($0) }.sorted()
    }

    /// The newest one that is not younger than `moment`; nil for none.
    package func snapshot(notAfter moment: EpochSeconds = .max) throws(StoreError) -> BackupSnapshot? {
        guard let at = moments().last(where: { $0 <= moment }) else { return nil }
        do {
            let file = "\(path)/snapshots/\(at)"
            return try BackupSnapshot(String(decoding: try Self.bytes(of: file), as: UTF8.self), at: at, file: file)
        } catch { throw StoreError(wrapping: error) }
    }

    /// Makes a snapshot known; everything it names must be durable.
    func publish(_ snapshot: BackupSnapshot) throws {
        let file = "\(path)/snapshots/\(snapshot.at)"
        try Self.write(Array(snapshot.text.utf8), to: file)
    }

    func folder(of part: String) -> String { "\(path)/parts/\(part)" }

    func map(of part: String, run: Int64) throws -> ImageMap {
        let file = "\(folder(of: part))/\(run).map"
        try Self.requireFile(file)
        return try ImageMap(try Self.bytes(of: file), file: file)
    }

    func fileNames(of part: String, run: Int64) throws -> [String] {
        let file = "\(folder(of: part))/\(run).files"
        guard StoreFolder.exists(file) else { return [] }
        return String(decoding: try Self.bytes(of: file), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// What the snapshot needs and this process may not read; nil when it may read all of it.
    package func unreadable(for snapshot: BackupSnapshot) -> String? {
        let folders = [path, path + "/snapshots", path + "/parts"] + snapshot.entries.map { folder(of: $0.part) }
        if let closed = folders.first(where: { access($0, R_OK | X_OK) != 0 && errno == EACCES }) { return closed }
        return folders.dropFirst().lazy.flatMap { folder in
            StoreFolder.entries(of: folder).lazy.map { "\(folder)/\($0)" }
        }.first { access($0, R_OK) != 0 && errno == EACCES }
    }

    /// A file that a snapshot counts upon: without it the backup is damaged.
    static func requireFile(_ file: String) throws {
        guard StoreFolder.exists(file) else { throw StoreError.damaged(file: file, detail: "\(file) is not there") }
    }

    static func openPart(_ file: String) throws -> FileHandle {
        try requireFile(file)
        return try FileHandle.openForReading(file)
    }

    /// Everything written so far is on the disk when it returns.
    func synchronise() throws { try Self.synchroniseFileSystem(path) }

    static func synchroniseFileSystem(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError.system("open", path, errno: errno) }
        defer { close(descriptor) }
        guard syncfs(descriptor) == 0 else { throw StoreError.system("syncfs", path, errno: errno) }
    }

    static func bytes(of file: String) throws -> [UInt8] {
        let size = StoreFolder.size(of: file) ?? 0
        return try FileHandle.openForReading(file).read(at: 0, count: Int(clamping: size))
    }

    /// Whole or not at all under its name, and durable.
    static func write(_ bytes: [UInt8], to file: String) throws {
        let draft = file + ".new"
        unlink(draft)
        let handle = try FileHandle.create(draft)
        try bytes.withUnsafeBytes { try handle.write($0) }
        try handle.synchronise()
        guard rename(draft, file) == 0 else { throw StoreError.system("rename", file, errno: errno) }
        try StoreFolder.synchronise(StoreFolder.parent(of: file))
    }
}

internal import Glibc
internal import MailMessage

/// Told of every piece that has come back, in bytes. What it throws ends the work.
package typealias CopyWatch = (Int64) throws -> Void

/// Brings databases and files of one snapshot back, and compares every unit with its digest on the way.
struct BackupReader {
    let repository: BackupRepository
    var copied: CopyWatch = { _ in }

    /// Writes the image and its body files to the place of `part`. What the backup has lost is damage of the backup.
    func restore(_ entry: BackupSnapshot.Entry, as part: BackupPart) throws {
        try StoreFolder.make(StoreFolder.parent(of: part.database))
        try image(entry, to: part.database)
        if let secrets = part.secrets {
            defer { StoreFolder.removeFile(part.database) }
            return try secrets.unpack(try BackupRepository.bytes(of: part.database), from: part.database)
        }
        let names = try repository.fileNames(of: entry.part, run: entry.run)
        guard let target = part.files, !names.isEmpty else { return }
        let source = BodyFiles(root: repository.folder(of: entry.part) + "/files")
        for name in names {
            let (from, path) = (try source.path(of: name), try target.path(of: name))
            try BackupRepository.requireFile(from)
            try StoreFolder.make(StoreFolder.parent(of: path))
            try copied(try FileCopy.copy(from, to: path))
        }
    }

    private func image(_ entry: BackupSnapshot.Entry, to path: String) throws {
        let folder = repository.folder(of: entry.part)
        let map = try repository.map(of: entry.part, run: entry.run)
        let target = try FileHandle.create(path)
        var packs: [Int64: FileHandle] = [:]
        var done: Int64 = 0
        for unit in map.units {
            let name = "\(folder)/\(unit.run).pack"
            let pack = try packs[unit.run] ?? BackupRepository.openPart(name)
            packs[unit.run] = pack
            let bytes = try pack.read(at: unit.offset, count: Int(min(Int64(ImageMap.unitSize), map.size - done)))
            guard SHA256.of(bytes) == unit.digest else {
                throw StoreError.damaged(file: name, detail: "what was written there is there no more")
            }
            try bytes.withUnsafeBytes { try target.write($0, at: done) }
            done += Int64(bytes.count)
            try copied(Int64(bytes.count))
        }
        try target.synchronise()
    }
}

internal import Glibc
internal import MailMessage

/// One run of a backup: each part that has changed becomes an image, and what is new of it goes into a pack.
struct BackupWriter {
    let repository: BackupRepository
    let run: Int64
    /// Packs beyond so many times an image are given up for a whole one, so that old runs can go.
    static let packsPerImage: Int64 = 3
    static let attempts = 3

    /// The entry of the snapshot, and the bytes that were added.
    func back(up part: BackupPart, after previous: BackupSnapshot.Entry?) throws
        -> (entry: BackupSnapshot.Entry, added: Int64)
    {
        let stamp = try part.stamp()
        if let previous, DatabaseStamp.isSame(previous.stamp, stamp) { return (previous, 0) }
        let folder = repository.folder(of: part.name)
        try StoreFolder.make(folder)
        let image = "\(folder)/image.new"
        defer { Self.remove(image) }
        let copied = try copyWithFiles(part, to: image)
        let facts = try facts(of: image, part)
        let (map, written) = try store(image, in: folder, after: previous.flatMap { try? usableMap(part, $0) })
        let entryRun = try keep(map, of: image, part, in: folder, after: previous)
        return (
            .init(part: part.name, run: entryRun, stamp: stamp, bytes: facts.bytes, messages: facts.messages),
            copied + written
        )
    }

    /// The run whose map says what the image is: this one, unless nothing differs.
    private func keep(
        _ map: ImageMap, of image: String, _ part: BackupPart, in folder: String, after previous: BackupSnapshot.Entry?
    ) throws -> Int64 {
        if let previous, (try? repository.map(of: part.name, run: previous.run)) == map { return previous.run }
        try plainWrite(map.bytes, to: "\(folder)/\(run).map")
        let names = try fileNames(in: image, part)
        if !names.isEmpty { try plainWrite(Array(names.joined(separator: "\n").utf8), to: "\(folder)/\(run).files") }
        return run
    }

    private static func remove(_ image: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(image + suffix) }
    }

    /// A file may go between the image and its own copy: then the image is made again, without it.
    private func copyWithFiles(_ part: BackupPart, to image: String) throws -> Int64 {
        if let secrets = part.secrets {
            Self.remove(image)
            try plainWrite(try secrets.packed(), to: image)
            return 0
        }
        var added: Int64 = 0
        for attempt in 1...Self.attempts {
            Self.remove(image)
            try DatabaseImage.copy(part.database, to: image)
            var isWhole = true
            for name in try fileNames(in: image, part) {
                guard let bytes = try copyFile(name, of: part) else { isWhole = false; continue }
                added += bytes
            }
            if isWhole { return added }
            if attempt == Self.attempts {
                throw StoreError.damaged(file: part.database, detail: "it names body files that are not there")
            }
        }
        return added
    }

    /// Bytes that were copied, 0 when it is there already; nil when the source has gone.
    private func copyFile(_ name: String, of part: BackupPart) throws -> Int64? {
        guard let files = part.files else { return nil }
        let target = try BodyFiles(root: repository.folder(of: part.name) + "/files").path(of: name)
        if StoreFolder.exists(target) { return 0 }
        let source = try files.path(of: name)
        guard StoreFolder.exists(source) else { return nil }
        try StoreFolder.make(StoreFolder.parent(of: target))
        return try FileCopy.copy(source, to: target)
    }

    private func usableMap(_ part: BackupPart, _ previous: BackupSnapshot.Entry) throws -> ImageMap? {
        let map = try repository.map(of: part.name, run: previous.run)
        let folder = repository.folder(of: part.name)
        let packs = StoreFolder.entries(of: folder).filter { $0.hasSuffix(".pack") }
            .reduce(Int64(0)) { $0 + (StoreFolder.size(of: "\(folder)/\($1)") ?? 0) }
        return packs > max(1 << 24, map.size * Self.packsPerImage) ? nil : map
    }

    /// The map of the image, and how many bytes of it are new.
    private func store(_ image: String, in folder: String, after previous: ImageMap?) throws -> (ImageMap, Int64) {
        let source = try FileHandle.openForReading(image)
        var pack = PackWriter(path: "\(folder)/\(run).pack", run: run)
        var map = ImageMap()
        while true {
            let bytes = try source.read(at: map.size, count: ImageMap.unitSize)
            guard !bytes.isEmpty else { return (map, pack.size) }
            let digest = SHA256.of(bytes)
            let known = previous?.units.element(at: map.units.count)
            if let known, known.digest == digest {
                map.units.append(known)
            } else {
                map.units.append(try pack.add(bytes, digest))
            }
            map.size += Int64(bytes.count)
        }
    }

    private func facts(of image: String, _ part: BackupPart) throws -> (bytes: Int64, messages: Int64) {
        guard part.account != nil else { return (0, 0) }
        let database = try SQLConnection(bare: image, create: false)
        return try database("SELECT bytes_used, message_count FROM account_state").first { ($0.int64(0), $0.int64(1)) }
            ?? (0, 0)
    }

    private func fileNames(in image: String, _ part: BackupPart) throws -> [String] {
        guard let sql = part.fileNames else { return [] }
        let database = try SQLConnection(bare: image, create: false)
        var names: [String] = []
        try database(sql).each { names.append($0.text(0)) }
        return names
    }

    /// Made durable by the run's one sync at its end.
    private func plainWrite(_ bytes: [UInt8], to path: String) throws {
        unlink(path)
        let file = try FileHandle.create(path)
        try bytes.withUnsafeBytes { try file.write($0) }
    }
}

/// What one run adds for one part; the file is made with its first unit.
private struct PackWriter {
    let run: Int64
    private(set) var size: Int64 = 0
    private let path: String
    private var file: FileHandle?

    /// What an interrupted run of the same number left there goes.
    init(path: String, run: Int64) {
        (self.path, self.run) = (path, run)
        unlink(path)
    }

    mutating func add(_ bytes: [UInt8], _ digest: [UInt8]) throws -> ImageMap.Unit {
        let open = try file ?? FileHandle.create(path)
        file = open
        try bytes.withUnsafeBytes { try open.write($0, at: size) }
        defer { size += Int64(bytes.count) }
        return ImageMap.Unit(run: run, offset: size, digest: digest)
    }
}

extension Array {
    /// Nil beyond the end.
    func element(at index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

enum FileCopy {
    private static let blockSize = 1 << 20

    /// Whole or not at all, also after a power cut: whoever finds the name trusts the content. Returns its size.
    static func copy(_ source: String, to target: String) throws -> Int64 {
        let draft = target + ".new"
        unlink(draft)
        let from = try FileHandle.openForReading(source)
        let to = try FileHandle.create(draft)
        var done: Int64 = 0
        while true {
            let block = try from.read(at: done, count: blockSize)
            guard !block.isEmpty else { break }
            try block.withUnsafeBytes { try to.write($0, at: done) }
            done += Int64(block.count)
        }
        try to.synchronise()
        guard rename(draft, target) == 0 else { throw StoreError.system("rename", target, errno: errno) }
        return done
    }
}

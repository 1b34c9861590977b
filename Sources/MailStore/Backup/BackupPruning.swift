internal import Glibc
internal import MailMessage

/// Takes old snapshots away, and then whatever no snapshot needs.
struct BackupPruning {
    let repository: BackupRepository

    /// The number of snapshots that went; none without a moment.
    func run(keepingSince moment: EpochSeconds?) throws -> Int {
        let moments = repository.moments()
        guard let moment else { return 0 }
        let old = moments.dropLast().filter { $0 <= moment }
        for at in old { unlink("\(repository.path)/snapshots/\(at)") }
        guard !old.isEmpty else { return 0 }
        try StoreFolder.synchronise(repository.path + "/snapshots")
        var needed: [String: Set<Int64>] = [:]
        for at in repository.moments() {
            for entry in try repository.snapshot(notAfter: at)?.entries ?? [] {
                needed[entry.part, default: []].insert(entry.run)
            }
        }
        for part in parts() { try prune(part, keeping: needed[part] ?? []) }
        return old.count
    }

    private func parts() -> [String] {
        let root = repository.path + "/parts"
        let accounts = StoreFolder.entries(of: root + "/accounts").flatMap { bucket in
            StoreFolder.entries(of: "\(root)/accounts/\(bucket)").map { "accounts/\(bucket)/\($0)" }
        }
        return BackupPart.common + accounts
    }

    private func prune(_ part: String, keeping runs: Set<Int64>) throws {
        let folder = repository.folder(of: part)
        var packs: Set<Int64> = []
        var files: Set<String> = []
        for run in runs {
            for unit in try repository.map(of: part, run: run).units { packs.insert(unit.run) }
            files.formUnion(try repository.fileNames(of: part, run: run))
        }
        for name in StoreFolder.entries(of: folder) {
            let pieces = name.split(separator: ".")
            guard pieces.count == 2, let run = Int64(pieces[0]) else { continue }
            let isKept = pieces[1] == "pack" ? packs.contains(run) : runs.contains(run)
            if !isKept { unlink("\(folder)/\(name)") }
        }
        let bodies = BodyFiles(root: folder + "/files")
        for name in bodies.names() where !files.contains(name) { bodies.remove(name) }
    }
}

internal import Glibc
package import MailMessage

/// What a run of a backup came to.
package struct BackupReport: Sendable {
    package fileprivate(set) var snapshot: BackupSnapshot
    /// Bytes added to the backup.
    package var added: Int64 = 0
    package var changed = 0
    package var removedSnapshots = 0
    /// Parts that could not be read; the snapshot has their last good state, if there is one.
    package var failures: [(part: String, error: StoreError)] = []
}

extension MailStore {
    /// The parts that a backup looks at.
    package func backupParts() -> [BackupPart] { BackupPart.all(in: path) }

    /// Adds one snapshot to a backup; the server may run. Snapshots from before `keepingSince`, or from that moment, go; the newest
    /// stays. Of several within a second each is called a second later than the one before, and so is that moment.
    package func backUp(
        to repository: BackupRepository, now: EpochSeconds, keepingSince: EpochSeconds? = nil,
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws(StoreError) -> BackupReport {
        let lock = try BackupLock(repository)
        defer { lock.release() }
        let previous = try repository.snapshot()
        let run = BackupRun(
            writer: BackupWriter(repository: repository, run: max(now, (previous?.at ?? 0) + 1)), previous: previous)
        var report = run.report(of: backupParts(), progress: progress)
        do {
            try repository.synchronise()
            try repository.publish(report.snapshot)
            let ahead = report.snapshot.at - now
            report.removedSnapshots = try BackupPruning(repository: repository)
                .run(keepingSince: keepingSince.map { $0 + ahead })
        } catch { throw StoreError(wrapping: error) }
        return report
    }
}

/// All parts of a store, one after the other; what fails keeps its last good state.
private struct BackupRun {
    let writer: BackupWriter
    let before: [String: BackupSnapshot.Entry]

    init(writer: BackupWriter, previous: BackupSnapshot?) {
        self.writer = writer
        before = Dictionary((previous?.entries ?? []).map { ($0.part, $0) }) { first, _ in first }
    }

    func report(of parts: [BackupPart], progress: (Int) -> Void) -> BackupReport {
        var report = BackupReport(snapshot: BackupSnapshot(at: writer.run))
        for part in parts {
            do {
                let (entry, bytes) = try writer.back(up: part, after: before[part.name])
                report.snapshot.add(entry)
                report.added += bytes
                if entry.run == writer.run { report.changed += 1 }
            } catch {
                if let old = before[part.name] { report.snapshot.add(old) }
                report.failures.append((part.name, StoreError(wrapping: error)))
            }
            progress(1)
        }
        return report
    }
}

/// One run at a time; the kernel drops it with its process.
struct BackupLock {
    private let descriptor: Int32

    init(_ repository: BackupRepository) throws(StoreError) {
        let path = repository.path + "/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, StoreFolder.fileMode)
        guard descriptor >= 0 else { throw StoreError.system("open", path, errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .busy
        }
    }

    func release() { close(descriptor) }
}

package import MailMessage
package import MailStore

extension Administration {
    /// Adds one snapshot to the backup at `path`, which is made when there is none; the server may run.
    package func backUp(
        to path: String, keepingSince moment: EpochSeconds?, progress: @Sendable (Int) -> Void
    ) async throws(AdminError) -> BackupReport {
        do {
            let repository = try BackupRepository.make(at: path)
            let report = try await store.backUp(
                to: repository, now: clock(), keepingSince: moment, progress: progress)
            let added = SizeText.format(report.added)
            try await directory.write(by: actor) { try $0.noteBackup("\(path), \(added) added") }
            return report
        } catch { throw .store(error) }
    }
}

/// What is done with backups when there is no store, or none that matters.
package enum Backups {
    /// Newest last.
    package static func list(at path: String) throws(AdminError) -> [BackupSnapshot] {
        do {
            let repository = try BackupRepository(at: path)
            var snapshots: [BackupSnapshot] = []
            for moment in repository.moments() {
                if let snapshot = try repository.snapshot(notAfter: moment) { snapshots.append(snapshot) }
            }
            return snapshots
        } catch { throw .store(error) }
    }

    /// The newest that is not younger than `moment`.
    package static func open(_ path: String, at moment: EpochSeconds?) throws(AdminError)
        -> (repository: BackupRepository, snapshot: BackupSnapshot)
    {
        do {
            let repository = try BackupRepository(at: path)
            guard let snapshot = try repository.snapshot(notAfter: moment ?? .max) else {
                throw StoreError.notFound("snapshot in \(path) that is old enough")
            }
            return (repository, snapshot)
        } catch { throw AdminError(error) }
    }
}

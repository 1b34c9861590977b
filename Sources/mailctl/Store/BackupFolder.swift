import Glibc
import MailAdmin
import MailCommand
import MailMessage
import MailStore
import MailTool

/// A folder of backups as whoever works with it can read it: root has become the store's owner by then.
enum BackupFolder {
    typealias Opened = (repository: BackupRepository, snapshot: BackupSnapshot)

    static func open(_ path: String, at moment: EpochSeconds?) throws(ToolError) -> Opened {
        // What may not be looked into shall not be called absent.
        guard access(path, X_OK) == 0 || errno != EACCES else { throw unreadable(path) }
        do {
            let opened = try Backups.open(path, at: moment)
            guard let closed = opened.repository.unreadable(for: opened.snapshot) else { return opened }
            throw unreadable(closed)
        } catch let error as ToolError { throw error } catch {
            throw (error as? AdminError).map(ToolError.init) ?? .file(path, errno: EIO)
        }
    }

    private static func unreadable(_ path: String) -> ToolError {
        let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(geteuid())"
        return ToolError(
            .permission, "permission", "\(user), who has to read the backup, may not read \(path)",
            hint: "chown -R \(user) the folder of backups, or a copy of it")
    }
}

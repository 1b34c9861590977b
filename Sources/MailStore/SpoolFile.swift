internal import Glibc

/// A file under `spool/` that disappears with the last value that needs it.
final class SpoolFile: Sendable {
    let handle: FileHandle
    var path: String { handle.path }

    init(in directory: String) throws {
        handle = try FileHandle.create("\(directory)/\(getpid()).\(BodyFiles.randomName())")
    }

    deinit { unlink(handle.path) }

    /// Removes what processes that are gone have left behind.
    static func sweep(_ directory: String) {
        for name in StoreFolder.entries(of: directory) {
            guard let owner = name.split(separator: ".").first.flatMap({ pid_t($0) }) else { continue }
            let isGone = kill(owner, 0) != 0 && errno == ESRCH
            if isGone { unlink("\(directory)/\(name)") }
        }
    }
}

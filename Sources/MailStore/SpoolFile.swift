internal import Glibc

/// A name under `spool/` that disappears with the last value that needs it. The file need not be open: a command may
/// bring many messages.
final class SpoolName: Sendable {
    let path: String

    init(_ path: String) { self.path = path }

    deinit { unlink(path) }
}

/// A file under `spool/` being written.
final class SpoolFile: Sendable {
    let handle: FileHandle
    let name: SpoolName
    var path: String { name.path }

    init(in directory: String) throws {
        handle = try FileHandle.create("\(directory)/\(getpid()).\(BodyFiles.randomName())")
        name = SpoolName(handle.path)
    }

    /// Removes what processes that are gone have left behind. In a container a new process has the number of the last
    /// one: what is older than any message takes to come in goes too.
    static func sweep(_ directory: String, before moment: Int64) {
        for name in StoreFolder.entries(of: directory) {
            guard let owner = name.split(separator: ".").first.flatMap({ pid_t($0) }) else { continue }
            let path = "\(directory)/\(name)"
            let isGone = kill(owner, 0) != 0 && errno == ESRCH
            if isGone || StoreFolder.changeTime(of: path).map({ $0 < moment }) ?? false { unlink(path) }
        }
    }
}

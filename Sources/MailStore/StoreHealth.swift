internal import Glibc
internal import MailShared

/// What the store's file system says when it is asked now.
package struct StoreHealth: Sendable, Equatable {
    /// A file could be made, written, synced and removed.
    package let isWritable: Bool
    /// What an ordinary process may still use, and the whole.
    package let freeBytes: Int
    package let totalBytes: Int

    package init(isWritable: Bool, freeBytes: Int, totalBytes: Int) {
        self.isWritable = isWritable
        self.freeBytes = freeBytes
        self.totalBytes = totalBytes
    }
}

extension MailStore {
    /// Tries it out; on a store thread, since a sick disk takes its time.
    package func health() async -> StoreHealth {
        let found = try? await threads.run { [path, metrics = threads.metrics] in
            StoreProbe.run(in: path, metrics)
        }
        return found ?? StoreHealth(isWritable: false, freeBytes: 0, totalBytes: 0)
    }
}

enum StoreProbe {
    static func run(in store: String, _ metrics: Metrics) -> StoreHealth {
        var status = statvfs()
        let isKnown = statvfs(store, &status) == 0
        let block = Int(clamping: status.f_frsize)
        func bytes(_ blocks: fsblkcnt_t) -> Int {
            isKnown ? block.multipliedReportingOverflow(by: Int(clamping: blocks)).partialValue : 0
        }
        return StoreHealth(
            isWritable: tryWriting("\(store)/run/trial.\(getpid())", metrics), freeBytes: bytes(status.f_bavail),
            totalBytes: bytes(status.f_blocks))
    }

    private static func tryWriting(_ path: String, _ metrics: Metrics) -> Bool {
        unlink(path)
        defer { unlink(path) }
        do {
            let file = try FileHandle.create(path)
            try Array("posthus".utf8).withUnsafeBytes { try file.write($0) }
            let watch = Stopwatch()
            try file.synchronise()
            metrics.observe(.sync, watch.microseconds)
            return true
        } catch {
            return false
        }
    }
}

import Glibc
import MailMessage
package import MailShared
package import MailStore
import Synchronization

/// The gauges of one worker: it lives, this is what it uses, and, where it looks after them, how queue and disk are.
package final class WorkerPulse: Sendable {
    static let period = Duration.seconds(2)
    /// Looking at the store writes and syncs a small file.
    static let storePeriods = 5

    private let metrics: Metrics
    private let store: MailStore?
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// `store`: for the one worker that runs the queue.
    package init(_ metrics: Metrics, store: MailStore? = nil) {
        self.metrics = metrics
        self.store = store
    }

    /// Its first beat is there when it returns.
    package func start() {
        beat()
        task.withLock { task in
            guard task == nil else { return }
            task = Task.detached { await self.run() }
        }
    }

    package func stop() async {
        let running = task.withLock { task in
            defer { task = nil }
            return task
        }
        running?.cancel()
        await running?.value
    }

    private func run() async {
        var round = 0
        while !Task.isCancelled {
            beat()
            if round % Self.storePeriods == 0 { await lookAtStore() }
            round += 1
            try? await Task.sleep(for: Self.period)
        }
    }

    private func beat() {
        metrics.set(.beatAt, Stopwatch.seconds())
        let use = ProcessUse.current()
        metrics.set(.residentBytes, use.residentBytes)
        metrics.set(.descriptors, use.descriptors)
        metrics.set(.descriptorLimit, use.descriptorLimit)
        metrics.set(.cpuMicroseconds, use.cpuMicroseconds)
    }

    private func lookAtStore() async {
        guard let store else { return }
        let health = await store.health()
        metrics.set(.storeWritable, health.isWritable ? 2 : 1)
        metrics.set(.diskFree, health.freeBytes)
        metrics.set(.diskTotal, health.totalBytes)
        guard let summary = try? await store.queue.summary() else { return }
        metrics.set(.queueMessages, summary.entries)
        metrics.set(.queueRecipients, summary.waiting)
        metrics.set(.queueOldestAt, summary.entries == 0 ? 0 : Int((try? await store.queue.oldestAt()) ?? 0))
    }
}

/// What the kernel says about this process.
struct ProcessUse: Sendable, Equatable {
    var residentBytes = 0
    var descriptors = 0
    var descriptorLimit = 0
    var cpuMicroseconds = 0

    static func current() -> ProcessUse {
        ProcessUse(
            residentBytes: residentPages() * Int(sysconf(Int32(_SC_PAGESIZE))), descriptors: openDescriptors(),
            descriptorLimit: limit(), cpuMicroseconds: cpu())
    }

    /// The second number of /proc/self/statm (proc(5)).
    private static func residentPages() -> Int {
        let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return 0 }
        defer { close(descriptor) }
        var text = [UInt8](repeating: 0, count: 128)
        let count = text.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return 0 }
        let words = text.prefix(count).split(separator: UInt8(ascii: " "))
        return words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) ?? 0 : 0
    }

    /// Since Linux 6.2 the size of the folder is the number; before, its entries are counted.
    private static func openDescriptors() -> Int {
        var status = stat()
        if stat("/proc/self/fd", &status) == 0, status.st_size > 0 { return Int(status.st_size) }
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return max(0, count - 3)  // ".", ".." and this folder itself
    }

    private static func limit() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        return Int(clamping: limit.rlim_cur)
    }

    private static func cpu() -> Int {
        var use = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &use) == 0 else { return 0 }
        func microseconds(_ time: timeval) -> Int { Int(time.tv_sec) &* 1_000_000 &+ Int(time.tv_usec) }
        return microseconds(use.ru_utime) &+ microseconds(use.ru_stime)
    }
}

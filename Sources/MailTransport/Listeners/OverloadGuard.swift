import Glibc
import Synchronization

/// When a process turns newcomers away, so that what is open already goes on.
package struct OverloadLimits: Sendable, Equatable {
    /// Descriptors that are never given to connections: the store needs them for the sessions there are.
    package var descriptorReserve: Int
    /// Resident bytes; nil: no limit.
    package var memory: Int64?

    package init(descriptorReserve: Int = 64, memory: Int64? = nil) {
        self.descriptorReserve = descriptorReserve
        self.memory = memory
    }
}

/// Looks at descriptors and memory, cheaply: two system calls for a newcomer, the memory once a second.
final class OverloadGuard: Sendable {
    private let limits: OverloadLimits
    private let highestDescriptor: Int32
    private let memory: ResidentMemory?
    private let sampled = Mutex((at: ContinuousClock.Instant?.none, isOver: false))

    static let sampleInterval = Duration.seconds(1)

    init(_ limits: OverloadLimits, descriptors: Int = OverloadGuard.descriptorLimit) {
        self.limits = limits
        // Never more than half: a process with few descriptors must still serve somebody.
        highestDescriptor = Int32(clamping: descriptors - min(limits.descriptorReserve, descriptors / 2))
        memory = limits.memory == nil ? nil : ResidentMemory()
    }

    var isOver: Bool { lacksDescriptors || lacksMemory }

    /// The lowest free number tells: all below it are taken.
    private var lacksDescriptors: Bool {
        let probe = DescriptorReserve.any()
        guard probe >= 0 else { return true }
        close(probe)
        return probe >= highestDescriptor
    }

    private var lacksMemory: Bool {
        guard let limit = limits.memory, let memory else { return false }
        return sampled.withLock { sample in
            let now = ContinuousClock.now
            if let at = sample.at, now - at < Self.sampleInterval { return sample.isOver }
            sample = (now, memory.bytes().map { $0 > limit } ?? false)
            return sample.isOver
        }
    }

    static var descriptorLimit: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
        return Int(clamping: limit.rlim_cur)
    }
}

/// What the process holds in memory (proc(5), statm). The file stays open: a confined process could not open it again.
final class ResidentMemory: Sendable {
    private let descriptor: Int32
    private static let longestText = 256

    init?() {
        descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    func bytes() -> Int64? {
        var text = [UInt8](repeating: 0, count: Self.longestText)
        let count = pread(descriptor, &text, text.count, 0)
        guard count > 0 else { return nil }
        let fields = text.prefix(count).split(separator: UInt8(ascii: " "))
        guard fields.count > 1, let pages = Int64(String(decoding: fields[1], as: UTF8.self)) else { return nil }
        let (bytes, overflow) = pages.multipliedReportingOverflow(by: Int64(sysconf(Int32(_SC_PAGESIZE))))
        return overflow ? nil : bytes
    }
}

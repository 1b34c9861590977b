import Glibc

/// How much memory this process may have: what the machine has, or less when somebody said so.
enum MemoryLimit {
    /// The part of it above which newcomers are turned away.
    static let (part, of): (Int64, Int64) = (4, 5)
    private static let controlGroup = "/sys/fs/cgroup/memory.max"

    static func standard() -> Int64? {
        let most = [physical(), data(), group()].compactMap { $0 }.min()
        return most.map { $0 / of * part }
    }

    private static func physical() -> Int64? {
        let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
        guard pages > 0, size > 0 else { return nil }
        let (bytes, overflow) = Int64(pages).multipliedReportingOverflow(by: Int64(size))
        return overflow ? nil : bytes
    }

    private static func data() -> Int64? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit) == 0 else { return nil }
        return limit.rlim_cur == .max ? nil : Int64(clamping: limit.rlim_cur)
    }

    /// Of the container or the service, when it is the root of what this process sees (cgroups(7), version 2).
    private static func group() -> Int64? {
        let descriptor = open(controlGroup, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var text = [UInt8](repeating: 0, count: 32)
        let count = read(descriptor, &text, text.count)
        guard count > 0 else { return nil }
        return Int64(String(decoding: text.prefix(count).prefix { $0 > 0x20 }, as: UTF8.self))
    }
}

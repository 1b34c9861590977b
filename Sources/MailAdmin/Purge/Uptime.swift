import Glibc

/// The clock nobody sets.
enum Uptime {
    /// Goes on while the machine sleeps.
    static var seconds: Int64 {
        var time = timespec()
        guard clock_gettime(CLOCK_BOOTTIME, &time) == 0 else { return 0 }
        return Int64(time.tv_sec)
    }

    /// Another one after each start of the machine.
    static var boot: String {
        let bytes = (try? FileSystem.bytes(of: "/proc/sys/kernel/random/boot_id")) ?? []
        let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
        return text.isEmpty || text.contains(" ") ? "unknown" : text
    }
}

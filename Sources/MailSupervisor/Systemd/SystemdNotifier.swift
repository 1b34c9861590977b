import Glibc

/// sd_notify(3): one datagram per change of state, to whoever started us and wants to know. Without NOTIFY_SOCKET, nothing.
package struct SystemdNotifier: Sendable {
    package static let variable = "NOTIFY_SOCKET"
    /// What workers must not inherit: only the supervisor speaks to systemd.
    package static let variables = [variable, "WATCHDOG_USEC", "WATCHDOG_PID"]

    private let path: String?

    package init(path: String? = SystemdNotifier.environmentPath()) {
        self.path = path.flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
    }

    package static func environmentPath() -> String? { getenv(variable).map { String(cString: $0) } }

    package var isWanted: Bool { path != nil }

    package func ready(_ status: String) { send(["READY=1", "STATUS=\(status)"]) }

    /// The time says systemd which of two reloads the READY=1 after it belongs to.
    package func reloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        send(["RELOADING=1", "MONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1_000)", "STATUS=Reloading"])
    }

    package func stopping() { send(["STOPPING=1", "STATUS=Letting sessions finish"]) }

    package func status(_ text: String) { send(["STATUS=\(text)"]) }

    package func alive() { send(["WATCHDOG=1"]) }

    /// A line break inside a value would begin another assignment.
    static func message(_ assignments: [String]) -> [UInt8] {
        Array(assignments.map { $0.replacing("\n", with: " ") }.joined(separator: "\n").utf8)
    }

    private func send(_ assignments: [String]) {
        guard let path, let (address, length) = Self.address(path) else { return }
        let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Self.message(assignments)
        withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }

    /// Nil for a path that no socket can have.
    static func address(_ path: String) -> (sockaddr_un, socklen_t)? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }  // the abstract namespace
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let offset = MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: address.sun_path)
        // An abstract name has no terminator: every byte counts.
        return (address, socklen_t(offset + bytes.count + (bytes.first == 0 ? 0 : 1)))
    }
}

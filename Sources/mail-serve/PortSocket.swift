import Glibc
import MailTransport

/// A bound TCP socket, made while the process may still bind it.
enum PortSocket {
    struct Failure: Error {
        let code: Int32
        let port: Int

        /// With the process that has the port, where it can be seen.
        var words: String {
            guard code == EADDRINUSE else { return String(cString: strerror(code)) }
            return "is used by " + (PortOwner.find(port: port) ?? "another process")
        }
    }

    /// "*" is every IPv4 address and, where the kernel has it, every IPv6 address.
    static func hosts(_ host: String) -> [String] {
        guard host == "*" else { return [host] }
        return access("/proc/net/if_inet6", F_OK) == 0 ? ["0.0.0.0", "::"] : ["0.0.0.0"]
    }

    static func bind(host: String, port: Int) throws(Failure) -> Int32 {
        guard let address = IPAddress(host), let number = UInt16(exactly: port) else {
            throw Failure(code: EINVAL, port: port)
        }
        let family = address.family == .v4 ? AF_INET : AF_INET6
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { throw Failure(code: errno, port: port) }
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        if family == AF_INET6 {
            setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &on, socklen_t(MemoryLayout<Int32>.size))
        }
        guard bind(descriptor, address, number) == 0 else {
            let code = errno
            close(descriptor)
            throw Failure(code: code, port: port)
        }
        return descriptor
    }

    private static func bind(_ descriptor: Int32, _ address: IPAddress, _ port: UInt16) -> Int32 {
        let bytes = address.bytes
        if address.family == .v4 {
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &name.sin_addr) { $0.copyBytes(from: bytes) }
            return withUnsafePointer(to: &name) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        var name = sockaddr_in6()
        name.sin6_family = sa_family_t(AF_INET6)
        name.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &name.sin6_addr) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
    }
}

/// Who listens on a port, as far as /proc shows it to us.
enum PortOwner {
    /// `"master" (pid 612)`.
    static func find(port: Int) -> String? {
        let inodes = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap { listening(on: port, in: $0) }
        guard !inodes.isEmpty else { return nil }
        let wanted = Set(inodes.map { "socket:[\($0)]" })
        for process in names("/proc") where process.allSatisfy(\.isNumber) {
            for descriptor in names("/proc/\(process)/fd") {
                guard let target = link("/proc/\(process)/fd/\(descriptor)"), wanted.contains(target) else { continue }
                let name = text("/proc/\(process)/comm").prefix { $0 != "\n" }
                return "\"\(name)\" (pid \(process))"
            }
        }
        return nil
    }

    private static func listening(on port: Int, in table: String) -> [String] {
        let hex = String(port, radix: 16, uppercase: true)
        let suffix = ":" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        return text(table).split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[1].hasSuffix(suffix), fields[3] == "0A" else { return nil }
            return String(fields[9])
        }
    }

    private static func names(_ folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names.filter { !$0.hasPrefix(".") }
    }

    private static func link(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.bindMemory(to: CChar.self).baseAddress.map { readlink(path, $0, bytes.count) } ?? -1
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    private static func text(_ path: String) -> String {
        guard let handle = fopen(path, "rb") else { return "" }
        defer { fclose(handle) }
        var result: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&block, 1, block.count, handle), count > 0 { result += block[..<count] }
        return String(decoding: result, as: UTF8.self)
    }
}

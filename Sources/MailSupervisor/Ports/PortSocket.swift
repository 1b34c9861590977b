import Glibc

/// A bound TCP socket.
package enum PortSocket {
    package struct Failure: Error, Sendable, Equatable {
        package let code: Int32
        package let port: Int

        /// With the process that has the port, where it can be seen.
        package var words: String {
            guard code == EADDRINUSE else { return String(cString: strerror(code)) }
            return "is used by " + (PortOwner.find(port: port)?.description ?? "another process")
        }
    }

    /// "*" is every IPv4 address and, where the kernel has it, every IPv6 address.
    package static func hosts(_ host: String) -> [String] {
        guard host == "*" else { return [host] }
        return access("/proc/net/if_inet6", F_OK) == 0 ? ["0.0.0.0", "::"] : ["0.0.0.0"]
    }

    /// Port 0: any that is free.
    package static func bind(host: String, port: Int) throws(Failure) -> Int32 {
        guard let number = UInt16(exactly: port), let name = SocketName(host, port: number) else {
            throw Failure(code: EINVAL, port: port)
        }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(name.family, kind, 0)
        guard descriptor >= 0 else { throw Failure(code: errno, port: port) }
        set(descriptor, SOL_SOCKET, SO_REUSEADDR)
        if name.family == AF_INET6 { set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY) }
        guard name.withAddress({ Glibc.bind(descriptor, $0, $1) }) == 0 else {
            let code = errno
            close(descriptor)
            throw Failure(code: code, port: port)
        }
        return descriptor
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}

/// An address and a port in the kernel's form.
struct SocketName {
    private enum Form {
        case v4(sockaddr_in)
        case v6(sockaddr_in6)
    }

    private let form: Form

    /// Nil when the text is no address.
    init?(_ text: String, port: UInt16) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, text, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            form = .v4(four)
        } else if inet_pton(AF_INET6, text, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            form = .v6(six)
        } else {
            return nil
        }
    }

    var family: Int32 { if case .v4 = form { AF_INET } else { AF_INET6 } }

    func withAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        switch form {
        case .v4(let name): Self.cast(name, body)
        case .v6(let name): Self.cast(name, body)
        }
    }

    private static func cast<Name, Result>(
        _ name: Name, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<Name>.size)) }
        }
    }

    /// The port a socket got.
    static func port(of descriptor: Int32) -> Int? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard code == 0 else { return nil }
        // sin_port and sin6_port stand at the same place.
        return withUnsafeBytes(of: storage) {
            Int(UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self)))
        }
    }
}

import Glibc

/// A socket that somebody else opened: it listens wherever it listens, and its service opens no other.
extension ListeningSocket {
    /// In the place of the address that a configuration would name.
    static let inheritedHost = "systemd"

    package var isInherited: Bool { wanted.host == Self.inheritedHost }

    /// The descriptor moves to the supervisor's own numbers.
    package init(inherited descriptor: Int32, service: String) throws(SystemFailure) {
        let high = try Descriptor.raised(descriptor)
        let port = SocketName.port(of: high) ?? 0
        self.init(
            wanted: WantedPort(service: service, host: Self.inheritedHost, port: port),
            host: Self.host(of: high) ?? Self.inheritedHost, port: port, descriptor: high)
    }

    private static func host(of descriptor: Int32) -> String? {
        var name = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = withUnsafeMutablePointer(to: &name) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                guard getsockname(descriptor, name, &length) == 0 else { return Int32(-1) }
                return getnameinfo(name, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
            }
        }
        return code == 0 ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
}

import Glibc

/// Listening sockets that systemd opened for us (sd_listen_fds(3)), so that we need no right to open them, and clients wait
/// while we restart instead of being refused.
package enum ActivationSockets {
    package struct Socket: Sendable, Equatable {
        package let descriptor: Int32
        /// FileDescriptorName= of its unit: the name of a service where there is one unit per service.
        package let name: String
        /// The port it listens on; nil for a UNIX socket.
        package let port: Int?

        package init(descriptor: Int32, name: String, port: Int?) {
            self.descriptor = descriptor
            self.name = name
            self.port = port
        }
    }

    static let firstDescriptor: Int32 = 3
    /// More than any configuration has listeners; a wrong LISTEN_FDS must not make us touch every descriptor.
    static let most = 1_024
    static let variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"]

    /// Takes the sockets over. The variables go away, so that neither an upgrade nor a worker takes them a second time.
    package static func take() -> [Socket] {
        let values = variables.map { name in getenv(name).map { String(cString: $0) } }
        for name in variables { unsetenv(name) }
        return parse(pid: values[0], count: values[1], names: values[2], own: getpid()).compactMap { descriptor, name in
            guard isListening(descriptor) else { return nil }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
            return Socket(descriptor: descriptor, name: name, port: port(descriptor))
        }
    }

    static func parse(pid: String?, count: String?, names: String?, own: pid_t) -> [(descriptor: Int32, name: String)] {
        guard let pid, pid_t(pid) == own, let count = count.flatMap({ Int($0) }), (1...most).contains(count) else {
            return []
        }
        let names = (names ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        return (0..<count).map { index in
            (firstDescriptor + Int32(index), names.indices.contains(index) ? names[index] : "")
        }
    }

    private static func isListening(_ descriptor: Int32) -> Bool {
        option(SO_ACCEPTCONN, of: descriptor) == 1 && option(SO_TYPE, of: descriptor) == Int32(SOCK_STREAM.rawValue)
    }

    private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }

    private static func port(_ descriptor: Int32) -> Int? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &address) { bytes -> Int? in
            let named = bytes.withMemoryRebound(to: sockaddr.self) {
                $0.baseAddress.map { getsockname(descriptor, $0, &length) } ?? -1
            }
            guard named == 0 else { return nil }
            let family = Int32(bytes.loadUnaligned(as: sa_family_t.self))
            guard family == AF_INET || family == AF_INET6 else { return nil }
            // sockaddr_in and sockaddr_in6 have the port in the same place.
            return Int(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self)))
        }
    }
}

/// Which service each socket is for.
package struct SocketAssignment: Sendable, Equatable {
    package let sockets: [(service: String, descriptor: Int32)]
    /// Those that nobody wants, for the log.
    package let strangers: [ActivationSockets.Socket]

    /// By name where the name is a service's; otherwise by port, so that one unit can hold the sockets of all services.
    package init(_ all: [ActivationSockets.Socket], servicesByName: Set<String>, servicesByPort: [Int: String]) {
        var sockets: [(service: String, descriptor: Int32)] = []
        var strangers: [ActivationSockets.Socket] = []
        for socket in all {
            if servicesByName.contains(socket.name) {
                sockets.append((socket.name, socket.descriptor))
            } else if let service = socket.port.flatMap({ servicesByPort[$0] }) {
                sockets.append((service, socket.descriptor))
            } else {
                strangers.append(socket)
            }
        }
        self.sockets = sockets
        self.strangers = strangers
    }

    package static func == (left: SocketAssignment, right: SocketAssignment) -> Bool {
        left.strangers == right.strangers && left.sockets.elementsEqual(right.sockets, by: ==)
    }
}

import Glibc

/// A port as the configuration asks for it.
package struct WantedPort: Sendable, Hashable {
    package let service: String
    /// An address, or "*" for every IPv4 and IPv6 address.
    package let host: String
    /// 0: any that is free.
    package let port: Int

    package init(service: String, host: String, port: Int) {
        self.service = service
        self.host = host
        self.port = port
    }
}

/// A socket that listens, and what it was opened for.
package struct ListeningSocket: Sendable, Equatable {
    package let wanted: WantedPort
    package let host: String
    package let port: Int
    package let descriptor: Int32

    package init(wanted: WantedPort, host: String, port: Int, descriptor: Int32) {
        self.wanted = wanted
        self.host = host
        self.port = port
        self.descriptor = descriptor
    }
}

package struct PortFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let wanted: WantedPort
    package let host: String
    package let cause: PortSocket.Failure

    package var description: String { "\(wanted.service) \(host):\(wanted.port) \(cause.words)" }
}

/// Opens ports. From then on connections queue in the kernel, whoever lives or dies.
package struct PortBinder {
    private static let backlog: Int32 = 1024
    /// Times that a free port of IPv4 may turn out to be taken in IPv6.
    private static let freePortAttempts = 8
    private static let pause: UInt32 = 50_000  // microseconds

    /// How long a port may still belong to workers of a supervisor that died.
    package var patience: Duration

    package init(patience: Duration = .seconds(5)) { self.patience = patience }

    /// All or none. What is in `kept` is used where it fits and never closed here. A service that inherited sockets has those
    /// alone.
    package func open(_ wanted: [WantedPort], kept: [ListeningSocket] = []) throws(PortFailure) -> [ListeningSocket] {
        let deadline = Uptime.now() + patience
        var made: [ListeningSocket] = []
        var result: [ListeningSocket] = []
        let services = Set(wanted.map(\.service))
        let inherited = kept.filter { $0.isInherited && services.contains($0.wanted.service) }
        result += inherited
        for port in wanted where !inherited.contains(where: { $0.wanted.service == port.service }) {
            let old = kept.filter { $0.wanted == port }
            result += old
            guard old.isEmpty else { continue }
            do {
                let new = try openPatiently(port, deadline)
                made += new
                result += new
            } catch {
                for socket in made { close(socket.descriptor) }
                throw error
            }
        }
        return result
    }

    private func openPatiently(_ wanted: WantedPort, _ deadline: Duration) throws(PortFailure) -> [ListeningSocket] {
        var attempts = 0
        while true {
            do { return try openAll(wanted) } catch {
                attempts += 1
                guard error.cause.code == EADDRINUSE else { throw error }
                if wanted.port == 0, attempts < Self.freePortAttempts { continue }
                guard Uptime.now() < deadline, Self.mayBeOurs(wanted.port) else { throw error }
                usleep(Self.pause)
            }
        }
    }

    /// Nobody waits for somebody else's server to go.
    private static func mayBeOurs(_ port: Int) -> Bool {
        PortOwner.find(port: port).map { $0.name == PortOwner.ourName } ?? true
    }

    /// Every address of one port, with the same number. A machine without IPv6 listens on IPv4 alone when both were meant.
    private func openAll(_ wanted: WantedPort) throws(PortFailure) -> [ListeningSocket] {
        var made: [ListeningSocket] = []
        var port = wanted.port
        for host in PortSocket.hosts(wanted.host) {
            do {
                let descriptor = try Self.listen(host, port)
                port = SocketName.port(of: descriptor) ?? port
                made.append(ListeningSocket(wanted: wanted, host: host, port: port, descriptor: descriptor))
            } catch {
                if !made.isEmpty, [EAFNOSUPPORT, EADDRNOTAVAIL].contains(error.code) { continue }
                for socket in made { close(socket.descriptor) }
                throw PortFailure(wanted: wanted, host: host, cause: error)
            }
        }
        return made
    }

    private static func listen(_ host: String, _ port: Int) throws(PortSocket.Failure) -> Int32 {
        let low = try PortSocket.bind(host: host, port: port)
        guard Glibc.listen(low, backlog) == 0 else {
            let code = errno
            close(low)
            throw .init(code: code, port: port)
        }
        do { return try Descriptor.raised(low) } catch { throw .init(code: error.code, port: port) }
    }
}

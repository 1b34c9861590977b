import CGlibc
import Glibc
import MailTool

/// Where a running server is asked. Nothing here ever waits: the loop says when there is something to do.
final class ControlSocket {
    static let mostClients = 16
    private static let backlog: Int32 = 16
    private static let ownerOnly: mode_t = 0o177

    let listener: Int32
    private let name: ControlName
    private let inode: UInt?
    private var clients: [Int32: ControlClient] = [:]

    /// Replaces what an earlier server left; the caller holds the store's lock.
    init(store: String) throws(SystemFailure) {
        let name = try ControlName(store: store)
        name.remove()
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let low = socket(AF_UNIX, kind, 0)
        guard low >= 0 else { throw SystemFailure("socket") }
        let made = try Descriptor.raised(low)
        let before = umask(Self.ownerOnly)
        let code = name.withAddress { bind(made, $0, $1) }
        let failure = SystemFailure("bind")
        umask(before)
        guard code == 0, listen(made, Self.backlog) == 0 else {
            close(made)
            throw failure
        }
        listener = made
        inode = name.inode
        self.name = name
    }

    /// The socket that the program before this one opened, the clients it left waiting, and those who had not asked yet.
    init(store: String, listener: Int32, waiting: [Int32], callers: [Int32]) throws(SystemFailure) {
        name = try ControlName(store: store)
        self.listener = listener
        inode = name.inode
        for descriptor in waiting { clients[descriptor] = ControlClient(waiting: descriptor) }
        for descriptor in callers { clients[descriptor] = ControlClient(descriptor, now: Uptime.now()) }
    }

    var interests: [pollfd] {
        [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
            + clients.values.map { pollfd(fd: $0.descriptor, events: $0.interest, revents: 0) }
    }

    /// Who has connected and said nothing so far: the next program can take them as they are.
    var callers: [Int32] { clients.values.filter(\.isSilent).map(\.descriptor) }

    func has(_ descriptor: Int32) -> Bool { clients[descriptor] != nil }

    var nextDeadline: Duration? { clients.values.compactMap(\.deadline).min() }

    func accept(now: Duration) {
        while clients.count < Self.mostClients {
            let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
            let low = accept4(listener, nil, nil, flags)
            guard low >= 0, let descriptor = try? Descriptor.raised(low) else { return }
            clients[descriptor] = ControlClient(descriptor, now: now)
        }
    }

    /// Something happened at a client's socket; what it asks, once it does.
    func serve(_ descriptor: Int32, now: Duration) -> ControlRequest? {
        guard var client = clients[descriptor] else { return nil }
        if client.interest == Int16(POLLOUT) {
            flush(descriptor)
            return nil
        }
        let step = client.read()
        clients[descriptor] = client
        switch step {
        case .wait: return nil
        case .close: drop(descriptor)
        case .refuse(let refusal): answer(descriptor, refusal.json, now: now)
        case .asks(let request): return request
        }
        return nil
    }

    /// Nobody may be there any more.
    func answer(_ descriptor: Int32, _ value: JSONValue, now: Duration) {
        clients[descriptor]?.say(value, now: now)
        flush(descriptor)
    }

    private func flush(_ descriptor: Int32) {
        if clients[descriptor]?.write() == true { drop(descriptor) }
    }

    func dropLate(now: Duration) {
        for client in clients.values {
            if let deadline = client.deadline, deadline <= now { drop(client.descriptor) }
        }
    }

    private func drop(_ descriptor: Int32) {
        if clients.removeValue(forKey: descriptor) != nil { close(descriptor) }
    }

    /// The name goes with us, unless another server has its own there by now.
    func end() {
        for descriptor in clients.keys { drop(descriptor) }
        if inode != nil, inode == name.inode { name.remove() }
        close(listener)
    }
}

internal import CGlibc
internal import Glibc
internal import MailMessage
internal import Synchronization

/// A worker's answer to who is here: a socket in `run/sessions/`, which nobody but root and the store's owner can reach.
///
/// Each worker has one of its own, so that the list has no length and the supervisor no part in it.
package final class PresenceSocket: Sendable {
    static let suffix = ".sock"
    private static let backlog: Int32 = 8
    /// A client that neither asks nor reads is left after so long.
    static let patience = timeval(tv_sec: 5, tv_usec: 0)

    private let folder: String
    private let name: String
    private let listener = Mutex<Int32>(-1)

    package init(store: String) {
        folder = store + "/run/sessions"
        // Never an earlier one's name: whoever finds that socket dead removes it by name.
        name = "\(getpid())-\(BodyFiles.randomName())\(Self.suffix)"
    }

    deinit { close() }

    /// Answers from now on, on a thread of its own: the lines for a request.
    package func open(_ answer: @escaping @Sendable (PresenceRequest) -> [String]) throws(StoreError) {
        do {
            try StoreFolder.make(folder)
            let made = try PresenceName(folder: folder, name: name).listen(backlog: Self.backlog)
            listener.withLock { $0 = made }
            StoreThread.start { Self.serve(made, answer) }
        } catch {
            throw StoreError(wrapping: error)
        }
    }

    package func close() {
        let open = listener.withLock { listener in
            defer { listener = -1 }
            return listener
        }
        guard open >= 0 else { return }
        unlink("\(folder)/\(name)")
        shutdown(open, Int32(SHUT_RDWR))  // its thread closes it
    }

    /// Until the socket is shut down.
    private static func serve(_ listener: Int32, _ answer: (PresenceRequest) -> [String]) {
        defer { Glibc.close(listener) }
        while true {
            let client = accept4(listener, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
            if client < 0 {
                guard errno == EINTR || errno == ECONNABORTED || errno == EMFILE || errno == ENFILE else { return }
                if errno == EMFILE || errno == ENFILE { usleep(100_000) }
                continue
            }
            let stream = PresenceStream(client, patience: patience)
            if let line = stream.readLine(limit: PresenceRequest.longestLine),
                let request = PresenceRequest(line: line)
            {
                stream.write(answer(request).map { $0 + "\n" }.joined() + "\n")
            }
        }
    }
}

/// A UNIX socket's name by a path through an open folder: 108 bytes are enough however deep the store lies.
struct PresenceName: ~Copyable {
    /// O_PATH, which Glibc's module does not show.
    private static let pathOnly: Int32 = 0o10000000

    private let folder: Int32
    private let name: String

    init(folder path: String, name: String) throws {
        folder = Glibc.open(path, Self.pathOnly | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw StoreError.system("open", path, errno: errno) }
        self.name = name
    }

    deinit { Glibc.close(folder) }

    func listen(backlog: Int32) throws -> Int32 {
        let made = try Self.makeSocket()
        guard withAddress({ bind(made, $0, $1) }) == 0, fchmodat(folder, name, 0o600, 0) == 0,
            Glibc.listen(made, backlog) == 0
        else {
            let code = errno
            Glibc.close(made)
            throw StoreError.system("bind", name, errno: code)
        }
        return made
    }

    /// nil: nobody is there any more, and the name goes.
    func connect() throws -> Int32? {
        let made = try reach()
        if made == nil { unlinkat(folder, name, 0) }
        return made
    }

    /// nil: nobody is there.
    func reach() throws -> Int32? {
        let made = try Self.makeSocket()
        // A worker that is stuck takes nobody off its queue, and connect(2) would wait for it.
        var patience = PresenceSocket.patience
        setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        if withAddress({ Glibc.connect(made, $0, $1) }) == 0 { return made }
        let code = errno
        Glibc.close(made)
        guard code == ECONNREFUSED || code == ENOENT else { throw StoreError.system("connect", name, errno: code) }
        return nil
    }

    private static func makeSocket() throws -> Int32 {
        let made = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard made >= 0 else { throw StoreError.system("socket", "", errno: errno) }
        return made
    }

    private func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(
            "/proc/self/fd/\(folder)/\(name)".utf8.prefix(MemoryLayout.size(ofValue: address.sun_path) - 1))
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

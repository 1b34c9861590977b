internal import Glibc
internal import MailMessage
internal import Synchronization

/// The post office in `run/notify/`: one datagram socket per listening process, 16 bytes per change.
///
/// A sender whose datagram does not fit leaves the mark `<socket>.missed` and tries once more; a receiver that has emptied
/// its socket looks for the mark. So a change is never lost for good.
final class ChangePost: Sendable {
    enum Change: Sendable {
        case one(AccountID, ModSeq)
        case missed
    }

    static let socketSuffix = ".sock"
    static let missedSuffix = ".missed"
    static let messageSize = 16
    /// O_PATH, which Glibc's module does not show.
    private static let openPathOnly: Int32 = 0o10000000

    private struct State {
        var folder: Int32 = -1
        var sender: Int32 = -1
        var receiver: Int32 = -1
        var peers: [String] = []
        var listed: FolderStamp?
        var isClosed = false
    }

    private let directory: String
    private let ownName: String
    private let state = Mutex(State())

    init(directory: String) {
        self.directory = directory
        // Never an earlier one's name: whoever finds that socket dead removes it by name.
        ownName = "\(getpid())-\(BodyFiles.randomName())\(Self.socketSuffix)"
    }

    deinit { close() }

    // MARK: Sending

    func send(_ account: AccountID, _ modseq: ModSeq) {
        state.withLock { state in
            guard !state.isClosed, prepareSender(&state) else { return }
            refreshPeers(&state)
            guard !state.peers.isEmpty else { return }
            let message = [account.value.littleEndian, modseq.value.littleEndian]
            for peer in state.peers { deliver(message, to: peer, state) }
        }
    }

    private func prepareSender(_ state: inout State) -> Bool {
        if state.folder < 0 { state.folder = open(directory, Self.openPathOnly | O_DIRECTORY | O_CLOEXEC) }
        if state.sender < 0 { state.sender = Self.makeSocket() }
        return state.folder >= 0 && state.sender >= 0
    }

    /// The directory is read again only when its time stamp has moved.
    private func refreshPeers(_ state: inout State) {
        let stamp = FolderStamp(state.folder)
        guard stamp == nil || stamp != state.listed || stamp?.isFresh == true else { return }
        state.listed = stamp
        state.peers = StoreFolder.entries(of: directory).filter { $0.hasSuffix(Self.socketSuffix) && $0 != ownName }
    }

    private func deliver(_ message: [Int64], to peer: String, _ state: State) {
        switch Self.send(message, from: state.sender, folder: state.folder, to: peer) {
        case 0: break
        case ECONNREFUSED, ENOENT:
            unlinkat(state.folder, peer, 0)
            unlinkat(state.folder, peer + Self.missedSuffix, 0)
        default:
            let mark = openat(state.folder, peer + Self.missedSuffix, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
            if mark >= 0 { Glibc.close(mark) }
            _ = Self.send(message, from: state.sender, folder: state.folder, to: peer)
        }
    }

    // MARK: Receiving

    /// Opens this process's socket at the first call; `onChange` runs on a thread of its own.
    func listen(_ onChange: @escaping @Sendable (Change) -> Void) {
        let receiver: Int32 = state.withLock { state in
            guard !state.isClosed, state.receiver < 0, prepareSender(&state) else { return -1 }
            let socket = Self.makeSocket(nonBlocking: false)
            guard socket >= 0 else { return -1 }
            guard Self.bind(socket, folder: state.folder, name: ownName) else {
                Glibc.close(socket)
                return -1
            }
            state.receiver = socket
            return socket
        }
        guard receiver >= 0 else { return }
        let mark = "\(directory)/\(ownName)\(Self.missedSuffix)"
        StoreThread.start { Self.receive(from: receiver, mark: mark, onChange) }
    }

    /// Until the socket is shut down.
    private static func receive(from socket: Int32, mark: String, _ onChange: (Change) -> Void) {
        defer { Glibc.close(socket) }
        var words: [Int64] = [0, 0]
        var flags: Int32 = 0
        while true {
            let count = words.withUnsafeMutableBytes { recv(socket, $0.baseAddress, $0.count, flags) }
            if count == messageSize, let modseq = ModSeq(Int64(littleEndian: words[1])) {
                onChange(.one(AccountID(Int64(littleEndian: words[0])), modseq))
                flags = Int32(MSG_DONTWAIT)
            } else if count < 0, errno == EAGAIN || errno == EINTR {
                if errno == EAGAIN, unlink(mark) == 0 { onChange(.missed) }
                flags = 0
            } else if count <= 0 {
                return
            }
        }
    }

    func close() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            if state.receiver >= 0 {
                unlinkat(state.folder, ownName, 0)
                unlinkat(state.folder, ownName + Self.missedSuffix, 0)
                shutdown(state.receiver, Int32(SHUT_RDWR))  // its thread closes it
            }
            if state.sender >= 0 { Glibc.close(state.sender) }
            if state.folder >= 0 { Glibc.close(state.folder) }
        }
    }
}

/// When a directory's entries last changed.
private struct FolderStamp: Equatable {
    let seconds: Int
    let nanoseconds: Int
    /// Time stamps move with the kernel's tick: a second change in the same tick would look like none.
    let isFresh: Bool

    static let tick = 20_000_000

    init?(_ descriptor: Int32) {
        var status = stat()
        var now = timespec()
        guard fstat(descriptor, &status) == 0, clock_gettime(CLOCK_REALTIME, &now) == 0 else { return nil }
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
        isFresh =
            now.tv_sec - seconds <= 1 && (now.tv_sec - seconds) * 1_000_000_000 + now.tv_nsec - nanoseconds < Self.tick
    }

    static func == (left: FolderStamp, right: FolderStamp) -> Bool {
        left.seconds == right.seconds && left.nanoseconds == right.nanoseconds
    }
}

/// UNIX sockets by a path through an open directory: 108 bytes are enough however deep the store lies.
extension ChangePost {
    private static func makeSocket(nonBlocking: Bool = true) -> Int32 {
        let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        return socket(AF_UNIX, type | (nonBlocking ? Int32(SOCK_NONBLOCK.rawValue) : 0), 0)
    }

    /// 0, or the errno.
    private static func send(_ message: [Int64], from socket: Int32, folder: Int32, to name: String) -> Int32 {
        withAddress(folder, name) { address, length in
            let sent = message.withUnsafeBytes {
                sendto(socket, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT), address, length)
            }
            return sent < 0 ? errno : 0
        }
    }

    private static func bind(_ socket: Int32, folder: Int32, name: String) -> Bool {
        withAddress(folder, name) { Glibc.bind(socket, $0, $1) } == 0
    }

    private static func withAddress<Result>(
        _ folder: Int32, _ name: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
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

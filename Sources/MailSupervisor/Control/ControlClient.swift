import CGlibc
import Glibc
import MailTool

/// Somebody at the control socket: one line in, one line out.
struct ControlClient {
    static let longestRequest = 256
    static let patience = Duration.seconds(10)

    enum Step: Equatable {
        case wait
        case asks(ControlRequest)
        case refuse(RequestRefusal)
        case close
    }

    let descriptor: Int32
    /// Nil while the server works on the answer.
    var deadline: Duration?
    private var input: [UInt8] = []
    private var output: [UInt8] = []
    private var hasAsked = false
    private let isPermitted: Bool

    init(_ descriptor: Int32, now: Duration) {
        self.descriptor = descriptor
        deadline = now + Self.patience
        isPermitted = Self.isPermitted(descriptor)
    }

    /// One that asked before this program took over (`Handover`).
    init(waiting descriptor: Int32) {
        self.descriptor = descriptor
        hasAsked = true
        isPermitted = true
    }

    /// Nothing has been read from it yet.
    var isSilent: Bool { !hasAsked && input.isEmpty && output.isEmpty }

    var interest: Int16 { Int16(output.isEmpty ? POLLIN : POLLOUT) }

    /// Root and our own user; whoever else could open the socket may not use it.
    private static func isPermitted(_ descriptor: Int32) -> Bool {
        var credentials: [UInt32] = [0, .max, .max]  // struct ucred: pid, uid, gid
        var length = socklen_t(MemoryLayout<UInt32>.size * credentials.count)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 else { return false }
        return credentials[1] == 0 || credentials[1] == geteuid()
    }

    /// Something can be read, or the client has gone.
    mutating func read() -> Step {
        var block = [UInt8](repeating: 0, count: Self.longestRequest)
        let count = recv(descriptor, &block, block.count, Int32(MSG_DONTWAIT))
        if count < 0, errno == EAGAIN || errno == EINTR { return .wait }
        guard count > 0 else { return .close }
        if hasAsked { return .wait }
        input += block.prefix(count)
        guard let end = input.firstIndex(of: 0x0a) else {
            return input.count < Self.longestRequest ? .wait : .refuse(.unknown)
        }
        guard isPermitted else { return .refuse(.stranger) }
        guard let request = ControlRequest(line: Array(input[..<end])) else { return .refuse(.unknown) }
        hasAsked = true
        deadline = nil
        return .asks(request)
    }

    mutating func say(_ value: JSONValue, now: Duration) {
        output += value.bytes + [0x0a]
        deadline = now + Self.patience
    }

    /// True when all has been said.
    mutating func write() -> Bool {
        while !output.isEmpty {
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
            let count = output.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return false }
            guard count > 0 else { return true }
            output.removeFirst(count)
        }
        return true
    }
}

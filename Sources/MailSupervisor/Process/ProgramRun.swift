import Glibc

/// One run of a program that the operator named: what it reads at descriptor 3, what it says, how it ended. Blocking, with a
/// bound on the time and on what it may say.
package struct ProgramRun: Sendable {
    package enum End: Sendable, Equatable {
        case exited(Int32)
        case killed(signal: Int32)
        case tooSlow
        case notStarted(String)
    }

    /// More than this is not read; the program then ends by SIGPIPE or by itself.
    package static let longestOutput = 16 << 20
    private static let pause: Int32 = 10

    package let end: End
    /// Standard output and error.
    package let output: [UInt8]

    private init(_ end: End, _ output: [UInt8] = []) {
        self.end = end
        self.output = output
    }

    package static func run(_ arguments: [String], input: [UInt8], timeout: Duration) -> ProgramRun {
        guard let path = arguments.first else { return ProgramRun(.notStarted("no program")) }
        do {
            let ends = try Ends()
            let command = Command(path: path, arguments: arguments)
            let pid = try Spawn.start(command, descriptors: [ends.theirs], output: ends.theirs2, ownGroup: true)
            ends.closeTheirs()
            return converse(pid, ends, input, until: Uptime.now() + timeout)
        } catch {
            return ProgramRun(.notStarted(error.description))
        }
    }

    private static func converse(_ pid: Int32, _ ends: Ends, _ input: [UInt8], until deadline: Duration) -> ProgramRun {
        var (rest, output, isOpen) = (input[...], [UInt8](), true)
        if rest.isEmpty { ends.endInput() }
        while isOpen {
            guard let ready = ends.wait(until: deadline, writes: !rest.isEmpty) else { return stop(pid, output) }
            if ready.canWrite {
                rest = ends.write(rest)
                if rest.isEmpty { ends.endInput() }
            }
            if ready.canRead { isOpen = ends.read(into: &output) && output.count <= longestOutput }
        }
        return ended(pid, output, until: deadline)
    }

    /// It may close its output and go on.
    private static func ended(_ pid: Int32, _ output: [UInt8], until deadline: Duration) -> ProgramRun {
        var status: Int32 = 0
        while true {
            let found = waitpid(pid, &status, WNOHANG)
            if found == pid { return ProgramRun(end(of: status), output) }
            if found < 0, errno != EINTR { return ProgramRun(.notStarted("waitpid"), output) }
            guard Uptime.now() < deadline else { return stop(pid, output) }
            poll(nil, 0, pause)
        }
    }

    private static func stop(_ pid: Int32, _ output: [UInt8]) -> ProgramRun {
        kill(-pid, SIGKILL)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return ProgramRun(.tooSlow, output)
    }

    private static func end(of status: Int32) -> End {
        let signal = status & 0x7f
        return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
    }
}

/// The two ways to a program, closed with the value.
private final class Ends {
    private var input: Int32
    private let output: Int32
    private(set) var theirs: Int32
    private(set) var theirs2: Int32

    init() throws(SystemFailure) {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        var made: [Int32] = []
        for _ in 0..<2 {
            var pair: [Int32] = [-1, -1]
            guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
                let failure = SystemFailure("socketpair")
                for descriptor in made { close(descriptor) }
                throw failure
            }
            made += pair
        }
        // The numbers below are the program's.
        var raised: [Int32] = []
        for (index, descriptor) in made.enumerated() {
            do { raised.append(try Descriptor.raised(descriptor)) } catch {
                for open in raised + made[(index + 1)...] { close(open) }
                throw error
            }
        }
        (input, theirs, output, theirs2) = (raised[0], raised[1], raised[2], raised[3])
    }

    deinit {
        endInput()
        close(output)
        closeTheirs()
    }

    func closeTheirs() {
        for descriptor in [theirs, theirs2] where descriptor >= 0 { close(descriptor) }
        (theirs, theirs2) = (-1, -1)
    }

    func endInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// nil: the time is over.
    func wait(until deadline: Duration, writes: Bool) -> (canRead: Bool, canWrite: Bool)? {
        while true {
            let left = (deadline - Uptime.now()).milliseconds
            guard left > 0 else { return nil }
            var entries = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
            if writes { entries.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
            let count = poll(&entries, nfds_t(entries.count), Int32(clamping: left))
            if count > 0 { return (entries[0].revents != 0, entries.count > 1 && entries[1].revents != 0) }
        }
    }

    /// What is still to be written; nothing when nobody reads.
    func write(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        let count = bytes.withUnsafeBytes { send(input, $0.baseAddress, $0.count, flags) }
        if count < 0 { return errno == EAGAIN || errno == EINTR ? bytes : [] }
        return bytes.dropFirst(count)
    }

    /// False at the end.
    func read(into output: inout [UInt8]) -> Bool {
        var block = [UInt8](repeating: 0, count: 65_536)
        let count = recv(self.output, &block, block.count, Int32(MSG_DONTWAIT))
        if count < 0 { return errno == EAGAIN || errno == EINTR }
        output += block.prefix(count)
        return count > 0
    }
}

import CGlibc
import Glibc

/// What to start.
package struct Command: Sendable {
    package var path: String
    package var arguments: [String]
    package var environment: [String]

    package init(path: String, arguments: [String], environment: [String] = Command.environment()) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
    }

    /// What is for the supervisor alone: a worker that had it could speak to systemd in its name.
    package static let supervisorsOwn: Set<String> = [
        "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES",
    ]
    private static let crashReports = "SWIFT_BACKTRACE"

    /// Our own. A trap shall end a worker in milliseconds, and Swift's report of it takes hundreds: only who asks for it gets it.
    package static func environment(without names: Set<String> = supervisorsOwn) -> [String] {
        var result = getenv(crashReports) == nil ? ["\(crashReports)=enable=no"] : []
        var next = process_environment()
        while let entry = next?.pointee {
            let text = String(cString: entry)
            if !names.contains(String(text.prefix { $0 != "=" })) { result.append(text) }
            next = next?.advanced(by: 1)
        }
        return result
    }
}

/// posix_spawn(3): never fork, which leaves Swift's runtime in pieces.
enum Spawn {
    static let firstDescriptor: Int32 = 3
    static let mostDescriptors = Int(Descriptor.floor - firstDescriptor)

    /// The process finds `descriptors` at 3, 4 ..., standard error as it is here, and nothing else open. `output`, when given,
    /// takes its standard output and error; else its output goes nowhere.
    ///
    /// With a group of its own it can be ended with all that it has started.
    static func start(
        _ command: Command, descriptors: [Int32], output: Int32? = nil, ownGroup: Bool = false
    ) throws(SystemFailure) -> Int32 {
        guard descriptors.count <= mostDescriptors else { throw SystemFailure("posix_spawn", EMFILE) }
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        setFiles(&actions, descriptors, output)
        setSignals(&attributes, ownGroup)
        var pid: pid_t = 0
        let code = withStrings(command.arguments) { arguments in
            withStrings(command.environment) { environment in
                posix_spawn(&pid, command.path, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw SystemFailure("posix_spawn", code) }
        return pid
    }

    private static func setFiles(_ actions: inout posix_spawn_file_actions_t, _ descriptors: [Int32], _ output: Int32?)
    {
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        if let output {
            posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
            posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        }
        var number = firstDescriptor
        for descriptor in descriptors {
            posix_spawn_file_actions_adddup2(&actions, descriptor, number)
            number += 1
        }
        posix_spawn_file_actions_addclosefrom_np(&actions, number)
    }

    /// A child begins with no signal blocked and none ignored.
    private static func setSignals(_ attributes: inout posix_spawnattr_t, _ ownGroup: Bool) {
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        if ownGroup { posix_spawnattr_setpgroup(&attributes, 0) }
        let group = ownGroup ? POSIX_SPAWN_SETPGROUP : 0
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
    }

    /// A null-terminated list of C strings, as execve(2) wants it.
    static func withStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: strings.count + 1)
        for (index, text) in strings.enumerated() { list[index] = strdup(text) }
        list[strings.count] = nil
        defer {
            for index in strings.indices { free(list[index]) }
            list.deallocate()
        }
        return body(list)
    }
}

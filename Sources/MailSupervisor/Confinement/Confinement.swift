import CGlibc
import Glibc

/// A worker gives up, for good, whatever it does not need. It parses what strangers send: should they ever take it over, they
/// have a process that can neither start programs nor read other files, dial out, signal or gain rights.
package enum Confinement {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// To be called while the process has one thread: Landlock binds the calling thread and those it starts later.
    ///
    /// Returns what this kernel cannot do, in words for the log.
    package static func apply(_ plan: ConfinementPlan) throws(Failure) -> [String] {
        guard threads() <= 1 else { throw Failure(description: "confinement came after the first thread") }
        if let folder = plan.temporaryFolder { setenv("SQLITE_TMPDIR", folder, 1) }
        guard cglibc_no_new_privileges() == 0 else { throw failure("no-new-privileges") }
        try limit(plan)
        let missing = plan.usesLandlock ? try Landlock.restrict(to: plan) : "switched off"
        guard cglibc_drop_capabilities() == 0 else { throw failure("capset") }
        return missing.map { ["Landlock: \($0); workers can reach every file that their user can"] } ?? []
    }

    private static func limit(_ plan: ConfinementPlan) throws(Failure) {
        try ResourceLimit.set(RLIMIT_CORE, to: 0)  // a core file would hold passwords
        if let files = plan.openFiles { try ResourceLimit.set(RLIMIT_NOFILE, to: UInt64(clamping: files)) }
        if plan.memory > 0 { try ResourceLimit.set(RLIMIT_DATA, to: UInt64(clamping: plan.memory)) }
    }

    /// How many threads this process has; 1 where /proc does not say.
    private static func threads() -> Int {
        guard let stream = opendir("/proc/self/task") else { return 1 }
        defer { closedir(stream) }
        var count = 0
        while let entry = readdir(stream) {
            if entry.pointee.d_name.0 != CChar(bitPattern: UInt8(ascii: ".")) { count += 1 }
        }
        return count
    }

    static func failure(_ action: String, errno code: Int32 = errno) -> Failure {
        Failure(description: "\(action): \(String(cString: strerror(code)))")
    }
}

/// setrlimit(2), downwards.
enum ResourceLimit {
    static func set(_ resource: __rlimit_resource, to value: UInt64) throws(Confinement.Failure) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else {
            throw Confinement.failure("getrlimit")
        }
        let most = min(rlim_t(value), limit.rlim_max)
        limit = rlimit(rlim_cur: most, rlim_max: most)
        guard setrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else {
            throw Confinement.failure("setrlimit")
        }
    }
}

import CGlibc
import Glibc

/// landlock(7): the files a process can reach, and that it signals nobody, and dials nobody unless that is what it is for.
enum Landlock {
    /// Version 1 forbids every rename and link from one folder to another, and that is how a spooled message gets into its account.
    static let oldestVersion = 2
    /// O_PATH, which Glibc's module does not show.
    private static let openPathOnly: Int32 = 0o10000000

    /// Nil when it is in force, otherwise why this kernel has none.
    static func restrict(to plan: ConfinementPlan) throws(Confinement.Failure) -> String? {
        let version = Int(cglibc_landlock_version())
        guard version >= oldestVersion else {
            return version < 0 ? "not in this kernel" : "version \(version) of this kernel is too old"
        }
        let known = LandlockRights.known(to: version)
        let scope = LandlockScope.known(to: version, dials: plan.dials)
        let rules = cglibc_landlock_create(known.rawValue, scope.network, scope.scoped)
        guard rules >= 0 else { throw Confinement.failure("landlock_create_ruleset") }
        defer { close(rules) }
        for allowance in plan.allowances { try allow(allowance, known, rules) }
        if scope.forbidsDialling {
            for port in plan.dialledPorts { try allow(LandlockScope.dialling, port, rules) }
        }
        // Port 0 stands for one that the kernel chooses.
        if scope.forbidsBinding, plan.choosesSource { try allow(LandlockScope.binding, 0, rules) }
        guard cglibc_landlock_restrict_self(rules) == 0 else { throw Confinement.failure("landlock_restrict_self") }
        return nil
    }

    private static func allow(_ right: UInt64, _ port: UInt16, _ rules: Int32) throws(Confinement.Failure) {
        guard cglibc_landlock_allow_port(rules, UInt64(port), right) == 0 else {
            throw Confinement.failure("landlock_add_rule port \(port)")
        }
    }

    private static func allow(
        _ allowance: ConfinementPlan.Allowance, _ known: LandlockRights, _ rules: Int32
    ) throws(Confinement.Failure) {
        let beneath = open(allowance.path, openPathOnly | O_CLOEXEC)
        guard beneath >= 0 else {
            guard allowance.isRequired else { return }
            throw Confinement.failure(allowance.path)
        }
        defer { close(beneath) }
        var status = stat()
        guard fstat(beneath, &status) == 0 else { throw Confinement.failure(allowance.path) }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        let rights = allowance.rights.intersection(known).intersection(isFolder ? known : .ofFiles)
        guard cglibc_landlock_allow(rules, beneath, rights.rawValue) == 0 else {
            throw Confinement.failure("landlock_add_rule \(allowance.path)")
        }
    }
}

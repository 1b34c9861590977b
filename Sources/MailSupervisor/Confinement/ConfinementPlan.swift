import Glibc

/// What a worker may still do once it is confined.
package struct ConfinementPlan: Sendable, Equatable {
    package struct Allowance: Sendable, Equatable {
        package let path: String
        package let rights: LandlockRights
        /// One that must be there, or the worker does not start.
        package let isRequired: Bool

        init(_ path: String, _ rights: LandlockRights, isRequired: Bool = false) {
            self.path = path
            self.rights = rights
            self.isRequired = isRequired
        }
    }

    /// Files and folders, with all that is below them. What is not named is out of reach.
    package var allowances: [Allowance]
    /// RLIMIT_NOFILE; nil leaves what the process has.
    package var openFiles: Int?
    /// RLIMIT_DATA in bytes; 0 leaves what the process has.
    package var memory: Int64 = 0
    /// Where SQLite puts what does not fit into memory.
    package var temporaryFolder: String?
    /// Whether it may connect to other hosts.
    package var dials = false
    /// Whether it may say which of the machine's addresses it dials from.
    package var choosesSource = false
    /// TCP ports that it may connect to although it does not dial: landlock(7) knows ports and no addresses.
    package var dialledPorts: [UInt16] = []
    /// False: every file stays in reach, and only privileges and resources are given up.
    package var usesLandlock = true

    /// A role that serves mail: the store, and the files it reads again while it runs.
    package static func serving(store: String, files: [String]) -> ConfinementPlan {
        let folders = files.flatMap(readable).map { Allowance($0, .reading) }
        return ConfinementPlan(
            allowances: [Allowance(store, .keeping, isRequired: true)] + folders + system,
            temporaryFolder: store + "/spool")
    }

    /// The role that only shows figures: no mail, no keys, one folder for its socket where it has one.
    package static func watching(socketFolder: String?) -> ConfinementPlan {
        ConfinementPlan(allowances: (socketFolder.map { [Allowance($0, .sockets)] } ?? []) + system)
    }

    /// What libraries read: iconv's modules, locales, time zones, OpenSSL's settings. Not /etc as a whole, which holds secrets.
    /// libdispatch reads /proc/THREAD/stat of its threads once a second while they have too much to do, and ends the process
    /// when it cannot; that is not below /proc/self. What other processes hold in theirs (environ, maps, mem, fd) stays out of
    /// reach: Landlock lets nobody look into a process outside.
    static let system: [Allowance] =
        [
            "/usr", "/lib", "/lib64", "/etc/ssl", "/etc/pki", "/etc/crypto-policies", "/etc/localtime", "/etc/passwd",
            "/etc/group", "/etc/nsswitch.conf", "/etc/resolv.conf", "/etc/hosts", "/etc/host.conf", "/etc/gai.conf",
            "/etc/services", "/etc/ld.so.cache", "/proc", "/sys/devices/system/cpu", "/sys/fs/cgroup/memory.max",
            "/dev/urandom",
        ].map { Allowance($0, .reading) } + [Allowance("/dev/null", .writing)]

    /// A file that is replaced by another (certbot, a configuration) is a new one: it is its folder that must be readable,
    /// and, where it is a symbolic link, the folder of what it leads to. A folder at the top, such as /etc, is too much for that.
    static func readable(_ file: String) -> [String] {
        let real = realpath(file, nil).map { pointer in
            defer { free(pointer) }
            return String(cString: pointer)
        }
        return [file, real].compactMap { $0 }.map { path in
            let folder = folder(of: path)
            return folder.split(separator: "/").count > 1 ? folder : path
        }
    }

    private static func folder(of path: String) -> String {
        let absolute = path.hasPrefix("/") ? path : workingFolder() + "/" + path
        return String(absolute[..<(absolute.lastIndex(of: "/") ?? absolute.startIndex)])
    }

    private static func workingFolder() -> String {
        guard let pointer = getcwd(nil, 0) else { return "" }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}

import Glibc
import MailConfig
import MailSessions
import MailStore

/// Open files and sockets of this process: RLIMIT_NOFILE.
enum DescriptorLimit {
    /// An account's database is three files while it is open (STORE/accounts/.../db, -wal, -shm).
    static let perAccount = 3
    /// And its index (search-N.db) as many.
    static let perIndex = 3
    /// Listeners, the directory, the queue, the spool, event loops and bodies on their way.
    static let other = 512

    /// Raises the soft limit to the hard one: the customary 1,024 is far from what a mail server holds open.
    static func raise() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    static var current: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return .max }
        return Int(clamping: limit.rlim_cur)
    }

    /// What connections never get: the databases of the accounts that may be open, and the rest.
    static func reserve(_ options: MailStore.Options) -> Int {
        options.openAccounts * (perAccount + (options.searchIndex ? perIndex : 0)) + other
    }

    static func needed(_ configuration: Configuration) -> Int {
        var options = MailStore.Options()
        options.searchIndex = configuration.search.index
        return configuration.limits.connections + reserve(options)
    }

    /// Nil when the configured connections fit.
    static func problem(_ configuration: Configuration, limit: Int = current) -> String? {
        let wanted = needed(configuration)
        guard limit < wanted else { return nil }
        return "this process may open \(limit) files, and limits.connections = \(configuration.limits.connections) "
            + "needs \(wanted): raise LimitNOFILE, or lower the key"
    }
}

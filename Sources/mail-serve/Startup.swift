import CGlibc
import Glibc
import MailConfig
import MailSessions
import MailSupervisor
import MailTool
import MailTransport

/// From root with its ports to the server's own user.
enum Startup {
    static let firstFreePort = 1_024

    /// Login is offered by every service but smtp: it needs TLS.
    static func needsTLS(_ configuration: Configuration) -> Bool {
        Service.allCases.contains { $0 != .smtp && configuration.listen[$0].enabled }
    }

    static func check(_ configuration: Configuration) throws(ToolError) {
        guard !configuration.tls.certificate.isEmpty || !needsTLS(configuration) else {
            throw ToolError(
                .configuration, "no_certificate", "tls.certificate is not set, and login is never offered without TLS",
                hint: "set tls.certificate and tls.key, or switch off every listener but smtp")
        }
        _ = try Monitoring.port(configuration)
        try IdentityDeskBuilder(configuration).check()
        for identity in PlanBuilder.identities(configuration) {
            if let problem = KeyFile.problem(identity.keyFile) { throw ToolError(.configuration, "key", problem) }
        }
    }

    /// Whom to become: nobody when not root, when `server.user` is empty, or when the store is root's own.
    private static func user(_ configuration: Configuration) throws(ToolError) -> (uid: uid_t, gid: gid_t)? {
        var status = stat()
        guard geteuid() == 0, !configuration.server.user.isEmpty, stat(configuration.server.store, &status) == 0,
            status.st_uid != 0
        else { return nil }
        guard let user = getpwnam(configuration.server.user)?.pointee,
            let group = getgrnam(configuration.server.group)?.pointee
        else {
            throw ToolError(
                .configuration, "no_user",
                "there is no user \(configuration.server.user) or no group \(configuration.server.group)",
                hint: "make them, or set server.user = \"\"")
        }
        return (user.pw_uid, group.gr_gid)
    }

    /// Why the server would go on as root, if it would; nil where root's powers end with the start.
    static func rootProblem(_ configuration: Configuration) -> String? {
        guard geteuid() == 0 else { return nil }
        if configuration.server.user.isEmpty { return "server.user is empty: the server stays root" }
        var status = stat()
        guard stat(configuration.server.store, &status) == 0, status.st_uid == 0 else { return nil }
        return "\(configuration.server.store) belongs to root: the server stays root; "
            + "chown -R \(configuration.server.user): \(configuration.server.store)"
    }

    /// Opens what only root may open, and all the rest with it.
    static func openPorts(
        _ configuration: Configuration, inherited: [ListeningSocket] = []
    ) throws(ToolError) -> [ListeningSocket] {
        DescriptorLimit.raise()
        for problem in [DescriptorLimit.problem(configuration), rootProblem(configuration)].compactMap({ $0 }) {
            StandardError.write("mail-serve: warning: \(problem)\n")
        }
        do { return try PortBinder().open(PlanBuilder.allPorts(configuration), kept: inherited) } catch {
            throw ToolError(.unavailable, "port", error.description)
        }
    }

    /// Gives root up for good.
    static func becomeUser(_ configuration: Configuration) throws(ToolError) {
        guard let user = try user(configuration) else { return }
        guard setgroups(0, nil) == 0, setresgid(user.gid, user.gid, user.gid) == 0,
            setresuid(user.uid, user.uid, user.uid) == 0
        else {
            throw ToolError(
                .permission, "privileges",
                "cannot become \(configuration.server.user): \(String(cString: strerror(errno)))")
        }
    }
}

/// Before a server starts or changes.
extension Startup {
    static func load(_ loader: ConfigurationLoader) throws(ToolError) -> Configuration {
        do { return try loader.load() } catch {
            throw ToolError(
                .configuration, "configuration",
                error.problems.map(\.description).joined(separator: "\nmail-serve: error: "))
        }
    }

    static func words(_ error: any Error) -> String {
        (error as? ConfigurationError)?.problems.map(\.description).joined(separator: "; ") ?? "\(error)"
    }

    /// Everything a worker does before it listens, in a process that then ends: a bad certificate, a missing store.
    static func rehearse(_ configuration: Configuration) throws(ToolError) {
        try check(configuration)
        let identities = PlanBuilder.identities(configuration)
        if !identities.isEmpty {
            do { _ = try TLSServerContext(identities: identities) } catch {
                throw ToolError(.configuration, "tls", error.description)
            }
        }
        let store = configuration.server.store
        guard access(store + "/directory.db", R_OK | W_OK) == 0 else {
            let cause = String(cString: strerror(errno))
            throw ToolError(
                .unavailable, "store", "cannot open the store at \(store): \(cause)",
                hint: access(store, F_OK) == 0 ? nil : "make one with mailctl store init")
        }
    }
}

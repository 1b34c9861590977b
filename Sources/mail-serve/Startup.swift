import CGlibc
import Glibc
import MailConfig
import MailSessions
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

    /// Binds what only root may bind, then gives root up for good.
    static func takePorts(_ configuration: Configuration) throws(ToolError) -> [MailPort] {
        let ports = PlanBuilder.ports(configuration)
        guard let user = try user(configuration) else { return ports }
        var bound: [MailPort] = []
        for port in ports {
            guard (1..<firstFreePort).contains(port.port) else {
                bound.append(port)
                continue
            }
            for host in PortSocket.hosts(port.host) {
                var taken = port
                taken.host = host
                do { taken.descriptor = try PortSocket.bind(host: host, port: port.port) } catch {
                    throw ToolError(
                        .unavailable, "port", "\(port.service.rawValue) \(host):\(port.port) \(error.words)")
                }
                bound.append(taken)
            }
        }
        guard setgroups(0, nil) == 0, setresgid(user.gid, user.gid, user.gid) == 0,
            setresuid(user.uid, user.uid, user.uid) == 0
        else {
            throw ToolError(
                .permission, "privileges",
                "cannot become \(configuration.server.user): \(String(cString: strerror(errno)))")
        }
        return bound
    }
}

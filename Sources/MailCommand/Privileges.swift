import Glibc
package import MailConfig
package import MailStore
package import MailTool

package enum Privileges {
    /// Before a store is made by root: the folder for the user and group the configuration names, where they exist.
    package static func prepare(_ path: String, for server: ServerSection) throws(ToolError) {
        guard geteuid() == 0, !server.user.isEmpty, access(path, F_OK) != 0,
            let user = getpwnam(server.user)?.pointee.pw_uid
        else { return }
        let group = getgrnam(server.group)?.pointee.gr_gid ?? gid_t.max
        guard mkdir(path, 0o700) == 0, chown(path, user, group) == 0 else { throw .file(path, errno: errno) }
    }

    /// Who asks, for the audit trail.
    package static var actor: AuditActor {
        // Anybody may set these variables; only root is believed, whom nobody could hold to a name anyway.
        if getuid() == 0, let name = getenv("SUDO_USER"), let uid = getenv("SUDO_UID") {
            return AuditActor(
                name: "\(String(cString: name).prefix(64)) (sudo)", uid: Int64(String(cString: uid)),
                tool: ToolMain.name)
        }
        let name = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "uid \(getuid())"
        return AuditActor(name: name, uid: Int64(getuid()), tool: ToolMain.name)
    }

    /// Root works as the store's owner: what root makes in it the server could not read.
    package static func become(ownerOf path: String) throws(ToolError) {
        var status = stat()
        guard geteuid() == 0, stat(path, &status) == 0, status.st_uid != 0 else { return }
        guard setgroups(0, nil) == 0, setgid(status.st_gid) == 0, setuid(status.st_uid) == 0 else {
            throw ToolError(
                .permission, "privileges", "cannot become the owner of \(path): \(String(cString: strerror(errno)))")
        }
    }
}

/// The files of share/systemd, for whoever has only the program. `UnitTests` makes the copies and holds them equal.
package struct SystemdUnit: Sendable {
    package let name: String
    package let text: String

    /// Where it belongs.
    package var path: String {
        switch name {
        case "certificate.conf": "/etc/systemd/system/posthus.service.d/certificate.conf"
        case _ where name.hasSuffix(".sysusers.conf"): "/usr/lib/sysusers.d/" + stem(".sysusers.conf")
        case _ where name.hasSuffix(".tmpfiles.conf"): "/usr/lib/tmpfiles.d/" + stem(".tmpfiles.conf")
        default: "/etc/systemd/system/" + name
        }
    }

    /// Its own words for itself.
    package var description: String {
        let line = text.split(separator: "\n").first { $0.hasPrefix("Description=") || $0.hasPrefix("# ") }
        return line.map { String($0.drop { $0 != "=" && $0 != " " }.dropFirst()) } ?? ""
    }

    private func stem(_ ending: String) -> String { String(name.dropLast(ending.count)) + ".conf" }
}

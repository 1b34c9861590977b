import MailRelay
import MailStore

/// Every limit of the server, with its value in force: taken from where it is obeyed, so that no row can be out of date.
/// `LimitTests` reads the sources and fails when a limit is missing here.
package enum LimitCatalogue {
    package static func rows(_ plan: ServerPlan) -> [LimitRow] {
        connections(plan.connections) + sessions(plan.settings.limits) + smtp(plan) + filter(plan.filters) + imap()
            + pop3()
            + logins(plan.login) + attempts + messages(plan.settings) + names() + store(plan.storeOptions)
            + relay(plan.relay ?? RelaySetup()) + senders + nameService + trail + sending(plan.storeOptions)
            + vacation + http + web(plan.storeOptions.webSessions) + organisation
    }

    /// For docs/LIMITS.md.
    package static func markdown(_ rows: [LimitRow]) -> String {
        var text = "# Limits\n\nMade from `LimitCatalogue`; `mail-serve --print-limits` shows the values in force.\n"
        var area = ""
        for row in rows {
            let own = String(row.name.prefix { $0 != "." })
            if own != area {
                area = own
                text +=
                    "\n## \(own)\n\n| limit | default | unit | key | reference | because |\n|---|---|---|---|---|---|\n"
            }
            let fields = [
                "`\(row.name)`", row.value.map(String.init) ?? "none", row.unit.rawValue,
                row.key.map { "`\($0)`" } ?? "–", row.reference ?? "–", row.reason,
            ]
            text += "| " + fields.joined(separator: " | ") + " |\n"
        }
        return text
    }
}

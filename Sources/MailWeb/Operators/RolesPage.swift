import MailAdmin
import MailMessage
import MailStore
import MailWire

/// Who may help others. Only to be read: roles are given on the command line.
enum RolesPage {
    static func show(_ visit: Visit) async throws -> HTTPResponse {
        let words = visit.words
        let rows = try await visit.administration().roles().prefix(WebLimits.mostRows).map { grant -> HTML in
            """
            <tr><th scope="row"><a href="/support/account/\(grant.account.value)">\(grant.address.description)</a></th>\
            <td>\(name(grant.role, words))</td><td>\(grant.isInForce ? words("yes", "ja") : words("no", "nej"))</td>\
            <td>\(grant.grantedBy)</td><td>\(words.day(grant.grantedAt))</td></tr>

            """
        }
        let columns = [
            words("Account", "Konto"), words("Role", "Roll"), words("In force", "Gäller"),
            words("Given by", "Getts av"), words("When", "När"),
        ]
        let title = words("Roles", "Roller")
        let content: HTML = """
            <p class="lead">\(words(
                "Roles are given and taken with mailctl role.", "Roller ges och tas tillbaka med mailctl role."))</p>
            \(Grid(label: title, columns: columns, rows: rows).html)
            """
        return visit.frame(title).response(content)
    }

    private static func name(_ role: Role, _ words: Words) -> String {
        switch role {
        case .operator: words("operator", "operatör")
        case .helpdesk(let name): words("helpdesk of \(name)", "helpdesk för \(name)")
        }
    }
}

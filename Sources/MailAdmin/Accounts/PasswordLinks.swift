package import MailMessage
package import MailStore

/// A link that sets one password.
package struct PasswordLinkText: Sendable {
    package let text: String
    package let until: EpochSeconds
}

extension Administration {
    /// `site`: where the pages are, such as `https://mail.example.org`.
    package func passwordLink(
        for entry: AccountEntry, seconds: EpochSeconds, site: String
    ) async throws(AdminError) -> PasswordLinkText {
        guard entry.status.receivesMail else { throw .wrongData("\(entry.address) is suspended") }
        let life = min(seconds, WebLinks.longestLife)
        do {
            let token = try await store.web.links.create(entry.id, for: .passwordReset, seconds: life)
            try await directory.write(by: actor) { try $0.note("password link", "account \(entry.id)") }
            return PasswordLinkText(text: "\(site)/reset/\(token.text)", until: clock() + life)
        } catch { throw AdminError(error) }
    }
}

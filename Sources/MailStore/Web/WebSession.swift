internal import MailCrypto
package import MailMessage

/// Somebody's way into the web pages, from one browser.
package struct WebSession: Sendable, Equatable {
    package let id: WebSessionID
    package let account: AccountID
    package let role: WebRole
    /// What the browser says it is.
    package let client: String
    package let address: String
    package let createdAt: EpochSeconds
    /// As far as it was noted: up to a minute earlier than it was.
    package let lastUsedAt: EpochSeconds
    /// What a form of this session carries, as nobody else's page can know it.
    package let formSecret: String
}

/// What somebody may do in a session.
package enum WebRole: String, Sendable, CaseIterable {
    /// See and change what is their own.
    case user
}

/// Names a session in lists without letting anybody into it.
package struct WebSessionID: Sendable, Hashable, CustomStringConvertible {
    let digest: [UInt8]

    init(digest: [UInt8]) { self.digest = digest }

    init(_ token: WebToken) { digest = token.digest(for: "posthus web session") }

    package init?(text: String) {
        guard text.utf8.count == 2 * Digest.sha256Length, let digest = Hex.decode(text.utf8) else { return nil }
        self.digest = digest
    }

    package var description: String { Hex.encode(digest) }
}

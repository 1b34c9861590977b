/// The name of a check, as scripts and man pages have it: `tls.cert.expired`. Stable: never renamed, never given to another check.
package struct CheckID: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    package let text: String

    package init(stringLiteral text: String) { self.text = text }

    /// nil for a name that the catalogue does not have.
    package init?(named text: String) {
        guard CheckCatalogue.all.contains(where: { $0.id.text == text }) else { return nil }
        self.text = text
    }

    package var description: String { text }
}

/// How a check came out. In the order of their weight: the worst of a run is its end.
package enum Status: String, Sendable, CaseIterable {
    case ok, info, skipped, unknown, warning, critical
}

/// Whose next step is meant.
package enum Audience: String, Sendable, CaseIterable {
    case user, helpdesk, admin
}

package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case swedish = "sv"
}

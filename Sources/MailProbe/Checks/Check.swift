/// One entry of the catalogue: what is looked at, and what people are told about it.
package struct Check: Sendable {
    package let id: CheckID
    /// The worst that it can say.
    package let severity: Status
    /// The facts that its findings carry: the sentences may name these and `host`, `port`, `address`, `service`, no others.
    package let facts: [String]
    /// What it looks at, as a heading.
    package let title: Text
    /// One sentence when all is well.
    package let good: Text
    /// One sentence of what was seen when it is not.
    package let seen: Text
    /// Why that matters.
    package let why: Text
    /// How it is found out, for --explain.
    package let how: Text
    package let remedy: Remedy

    package init(
        _ id: CheckID, _ severity: Status, facts: [String] = [], title: Text, good: Text, seen: Text, why: Text,
        how: Text, remedy: Remedy
    ) {
        self.id = id
        self.severity = severity
        self.facts = facts
        self.title = title
        self.good = good
        self.seen = seen
        self.why = why
        self.how = how
        self.remedy = remedy
    }

    /// What every finding about an endpoint knows.
    static let commonFacts = ["host", "port", "address", "service"]
}

/// One imperative step for each audience.
package struct Remedy: Sendable, Equatable {
    package let user: Text
    package let helpdesk: Text
    package let admin: Text

    package init(user: Text, helpdesk: Text, admin: Text) {
        self.user = user
        self.helpdesk = helpdesk
        self.admin = admin
    }

    package subscript(audience: Audience) -> Text {
        switch audience {
        case .user: user
        case .helpdesk: helpdesk
        case .admin: admin
        }
    }
}

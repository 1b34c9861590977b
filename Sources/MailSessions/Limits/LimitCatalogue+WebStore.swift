import MailStore

extension LimitCatalogue {
    /// What is kept about people in the web pages.
    static func web(_ policy: WebSessionPolicy) -> [LimitRow] {
        [
            .seconds("web.idle", Int(policy.idle), "without a request, then a session has ended"),
            .seconds("web.longest_session", Int(policy.longest), "then it has ended in any case"),
            .count("web.sessions", policy.mostSessions, "of one account; the one used longest ago gives way"),
            .bytes("web.client", StoreLimits.webClient, "of what a browser says it is, as it is kept"),
            .bytes("web.address", StoreLimits.webAddress, "as it is kept"),
            .count("web.links", StoreLimits.webLinks, "of one account that lead in once; the oldest gives way"),
            .seconds("web.link", StoreLimits.webLinkSeconds, "as long as a link may hold at most"),
        ]
    }
}

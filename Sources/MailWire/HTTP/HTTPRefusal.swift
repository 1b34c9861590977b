/// A request that is not answered by the site: it is malformed, or more than is taken here.
package struct HTTPRefusal: Error, Sendable, Equatable {
    package let status: HTTPStatus
    /// One sentence for whoever wrote the client.
    package let reason: String
    /// No browser says so, whatever page it shows: who does is no browser. An odd path or query is anybody's link, which others
    /// make people's browsers follow.
    package var isNonsense = false

    package init(_ status: HTTPStatus, _ reason: String) {
        self.status = status
        self.reason = reason
    }

    static func malformed(_ reason: String) -> HTTPRefusal {
        var refusal = HTTPRefusal(.badRequest, reason)
        refusal.isNonsense = true
        return refusal
    }

    /// A place that is none of ours, or words that cannot be read.
    static func unreadable(_ reason: String) -> HTTPRefusal { HTTPRefusal(.badRequest, reason) }
}

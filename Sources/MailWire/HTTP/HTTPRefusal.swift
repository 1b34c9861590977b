/// A request that is not answered by the site: it is malformed, or more than is taken here.
package struct HTTPRefusal: Error, Sendable, Equatable {
    package let status: HTTPStatus
    /// One sentence for whoever wrote the client.
    package let reason: String

    package init(_ status: HTTPStatus, _ reason: String) {
        self.status = status
        self.reason = reason
    }

    static func malformed(_ reason: String) -> HTTPRefusal { HTTPRefusal(.badRequest, reason) }
}

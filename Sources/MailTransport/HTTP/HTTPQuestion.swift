/// What a monitor's client asks: a GET or HEAD without a body.
package struct HTTPQuestion: Sendable, Equatable {
    /// Without the query.
    package let path: String

    package init(path: String) { self.path = path }
}

/// What it gets.
package struct HTTPAnswer: Sendable, Equatable {
    package let status: Int
    package let contentType: String
    package let body: String

    package init(_ status: Int, _ body: String, contentType: String = "text/plain; charset=utf-8") {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}

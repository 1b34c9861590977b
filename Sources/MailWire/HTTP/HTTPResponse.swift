/// What a site answers. Length, date and connection are added when it is sent.
package struct HTTPResponse: Sendable {
    package var status: HTTPStatus
    package var fields = HTTPFields()
    package var body: [UInt8]

    package init(_ status: HTTPStatus, type: String? = nil, body: [UInt8] = []) {
        (self.status, self.body) = (status, body)
        if let type { fields.add("Content-Type", type) }
    }

    package static func text(_ status: HTTPStatus, _ text: String) -> HTTPResponse {
        HTTPResponse(status, type: "text/plain; charset=utf-8", body: Array((text + "\n").utf8))
    }

    /// The answer to a form that was taken: the browser asks for that page, and a reload repeats nothing.
    package static func redirect(to place: String) -> HTTPResponse {
        var response = HTTPResponse(.seeOther)
        response.fields.add("Location", place)
        return response
    }

    /// Status line and fields (RFC 9112 §4). A value with a line break would be two fields: it is left out.
    package func head(date: String, keepsAlive: Bool) -> String {
        var lines = ["HTTP/1.1 \(status.rawValue) \(status.phrase)", "Date: \(date)"]
        if status != .noContent, status != .notModified { lines.append("Content-Length: \(body.count)") }
        lines.append("Connection: \(keepsAlive ? "keep-alive" : "close")")
        for (name, value) in fields.all where !value.unicodeScalars.contains(where: { $0.value < 0x20 }) {
            lines.append("\(name): \(value)")
        }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }
}

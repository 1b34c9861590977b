import MailCrypto
import MailMessage
import MailWire

/// Style, script and icon. Their names change with their content, so a browser may keep them for ever.
enum StaticFiles {
    struct File: Sendable {
        let name: String
        let type: String
        let content: [UInt8]

        init(_ stem: String, _ ending: String, type: String, _ text: String) {
            content = Array(text.utf8)
            name = "\(stem)-\(Hex.encode(Array(sha256(content).prefix(6)))).\(ending)"
            self.type = type
        }

        var path: String { "/static/\(name)" }
    }

    static let style = File("style", "css", type: "text/css; charset=utf-8", Stylesheet.text)
    static let script = File("script", "js", type: "text/javascript; charset=utf-8", Script.text)
    static let icon = File("icon", "svg", type: "image/svg+xml", Icon.text)

    static func send(_ visit: Visit) throws(WebError) -> HTTPResponse {
        guard let name = visit.request.target.segments.last,
            let file = [style, script, icon].first(where: { $0.name == name })
        else { throw .notFound }
        var response = HTTPResponse(.ok, type: file.type, body: file.content)
        response.fields.add("Cache-Control", "public, max-age=31536000, immutable")
        return response
    }
}

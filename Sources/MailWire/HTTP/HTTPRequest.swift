/// A whole request: what a site answers.
package struct HTTPRequest: Sendable {
    package let head: HTTPRequestHead
    package let body: [UInt8]

    package init(_ head: HTTPRequestHead, body: [UInt8] = []) {
        self.head = head
        self.body = body
    }

    package var method: HTTPMethod { head.method }
    package var target: HTTPTarget { head.target }
    package var fields: HTTPFields { head.fields }

    /// The form in the body. Throws when it is none.
    package func form() throws(HTTPRefusal) -> FormPairs {
        let type = fields["Content-Type"]?.pieces(at: 0x3b).first?.asciiLowercased
        guard type == "application/x-www-form-urlencoded" else {
            throw HTTPRefusal(.unsupportedMediaType, "A form is expected here.")
        }
        return try FormPairs(body)
    }

    /// RFC 6265 §5.4: of several with one name the first.
    package func cookie(_ name: String) -> String? {
        for pair in fields.values("Cookie").flatMap({ $0.pieces(at: 0x3b) }) {
            let sides = pair.pieces(at: 0x3d, most: 1)
            if sides.count == 2, sides[0] == name { return sides[1] }
        }
        return nil
    }
}

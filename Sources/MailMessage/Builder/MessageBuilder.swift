/// Puts a message together: fields first, then one of the bodies. Lines end with CRLF.
package struct MessageBuilder: Sendable {
    private var header = HeaderWriter()

    package init() {}

    /// A field of free text, encoded (RFC 2047) and folded as it needs.
    package mutating func add(_ name: String, _ value: String) { header.add(name, value) }

    /// From, To and their like.
    package mutating func add(_ name: String, addresses: [MailAddress]) { header.add(name, addresses: addresses) }

    package mutating func addDate(_ date: MailDate) { header.add("Date", date.headerText) }

    /// `unique` comes from the caller: random or counted, but never the same twice.
    package mutating func addMessageID(unique: String, domain: String) {
        header.add("Message-ID", folding: Array("<\(unique)@\(domain)>".utf8))
    }

    /// In-Reply-To and References: identifiers without angle brackets.
    package mutating func add(_ name: String, identifiers: [[UInt8]]) {
        let texts = identifiers.map { [UInt8(ascii: "<")] + $0 + [UInt8(ascii: ">")] }
        header.add(name, folding: Array(texts.joined(separator: [0x20])))
    }

    /// The message with a body of plain text.
    package func text(_ body: String) -> [UInt8] { message(.text(body)) }

    /// The message whose body is this part.
    package func message(_ part: BuiltPart) -> [UInt8] {
        header.bytes + Array("MIME-Version: 1.0\r\n".utf8) + part.bytes
    }

    /// `boundary` must not occur in the parts: random, or with "=_", which no encoding produces.
    package func multipart(
        _ subtype: String, boundary: String, parameters: [(String, String)] = [], parts: [BuiltPart]
    ) -> [UInt8] {
        var header = header
        let type = parameters.reduce(Array("multipart/\(subtype)".utf8)) { $0 + HeaderWriter.parameter($1.0, $1.1) }
        header.add("MIME-Version", "1.0")
        header.add("Content-Type", folding: type + HeaderWriter.parameter("boundary", boundary))
        var result = header.bytes
        for part in parts { result += Array("\r\n--\(boundary)\r\n".utf8) + part.bytes }
        return result + Array("\r\n--\(boundary)--\r\n".utf8)
    }
}

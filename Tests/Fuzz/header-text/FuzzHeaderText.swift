import MailMessage

/// One header value, read as text (RFC 2047) and as a field with parameters (RFC 2231), and written again.
enum FuzzHeaderText: FuzzTarget {
    static let name = "header-text"
    static var memoryPerByte: Int { 300 }

    static func check(_ input: [UInt8]) -> String? {
        var rules = Rules()
        rules.none(brokenWords(input))
        rules.none(brokenField(input))
        rules.none(brokenParameters(input))
        return rules.broken
    }

    /// What we write is read as the same text, in lines that travel.
    private static func brokenWords(_ bytes: [UInt8]) -> String? {
        let text = EncodedWord.decode(bytes)
        let written = EncodedWord.encode(text)
        var rules = Rules()
        rules.that(Array(EncodedWord.decode(written).utf8) == Array(text.utf8), "\(text) is written as another text")
        rules.that(written.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x0d || $0 == 0x0a }, "8-bit words")
        let lines = written.split(separator: 0x0a)
        rules.that(lines.count == 1 || lines.allSatisfy { $0.count <= 78 }, "words longer than a line")
        return rules.broken
    }

    /// A header is what it was cut from.
    private static func brokenField(_ bytes: [UInt8]) -> String? {
        let header = Header(bytes)
        var rules = Rules()
        for field in header.fields {
            rules.that(!field.unfolded.contains(0x0a), "an unfolded value with a line end")
            rules.that(header.first(field.nameText) != nil || field.name.contains { $0 >= 0x80 }, "a lost field")
            _ = field.decoded
        }
        let (kept, left) = (
            header.filtered(keeping: ["Subject"]), header.filtered(keeping: ["Subject"], excluding: true)
        )
        rules.that(Header(kept).count + Header(left).count == header.count, "fields lost between two filters")
        return rules.broken
    }

    private static func brokenParameters(_ bytes: [UInt8]) -> String? {
        let value = bytes.filter { $0 != 0x0a && $0 != 0x0d }
        let part = ParsedMessage(Array("Content-Type: ".utf8) + value + Array("\r\n\r\n".utf8)).root
        let list = part.mediaType.parameters.list
        var rules = Rules()
        rules.that(list.count <= MessageLimits.parameters, "\(list.count) parameters")
        for entry in list.prefix(20) {
            _ = part.mediaType.parameters.decoded(String(entry.name.prefix { $0 != "*" }))
        }
        _ = (part.fileName, part.mediaType.charset)
        return rules.broken
    }
}

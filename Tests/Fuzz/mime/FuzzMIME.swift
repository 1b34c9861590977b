import MailMessage

/// A message, whole and cut: the same parts, inside the message, and everything that is made of them.
enum FuzzMIME: FuzzTarget {
    static let name = "mime"
    static var memoryPerByte: Int { 700 }  // a part of 5 bytes is a value of some hundred, five times over

    static func check(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let bytes = Array(input.dropFirst())
        let whole = ParsedMessage(bytes)
        var rules = Rules()
        for pieces in Pieces.cuts(of: bytes, choice) { rules.none(difference(whole, parsed(pieces))) }
        rules.none(places(whole, bytes))
        rules.none(sections(whole, bytes.count))
        rules.none(texts(MessageFacts(whole)))
        search(whole, bytes)
        return rules.broken
    }

    private static func parsed(_ pieces: [ArraySlice<UInt8>]) -> ParsedMessage {
        var parser = MessageParser()
        for piece in pieces { parser.consume(Array(piece)) }
        return parser.finish()
    }

    private static func difference(_ one: ParsedMessage, _ other: ParsedMessage) -> String? {
        var rules = Rules()
        rules.that(one.size == other.size, "sizes \(one.size) and \(other.size)")
        rules.that(one.parts.count == other.parts.count, "\(one.parts.count) parts and \(other.parts.count)")
        for (left, right) in zip(one.parts, other.parts) {
            rules.that(left.headerRange == right.headerRange, "headers \(left.headerRange) and \(right.headerRange)")
            rules.that(left.bodyRange == right.bodyRange, "bodies \(left.bodyRange) and \(right.bodyRange)")
            rules.that(left.path == right.path, "paths \(left.path) and \(right.path)")
            rules.that(left.kind == right.kind, "kinds \(left.kind) and \(right.kind)")
            rules.that(left.bodyLines == right.bodyLines, "lines \(left.bodyLines) and \(right.bodyLines)")
        }
        rules.that(MessageFacts(one) == MessageFacts(other), "facts differ")
        return rules.broken
    }

    /// Every part lies inside the message and inside its parent.
    private static func places(_ message: ParsedMessage, _ bytes: [UInt8]) -> String? {
        var rules = Rules()
        rules.that(message.size == bytes.count, "a size of \(message.size)")
        rules.that(message.parts.count <= MessageLimits.parts, "\(message.parts.count) parts")
        for part in message.parts {
            rules.that(part.headerRange.upperBound <= part.bodyRange.lowerBound, "a header inside the body")
            rules.that(part.bodyRange.upperBound <= bytes.count, "a body up to \(part.bodyRange.upperBound)")
            rules.that(part.bodyLines <= part.bodyRange.count, "more lines than bytes")
            rules.that(part.path.count <= MessageLimits.nesting + 1, "a path of \(part.path.count)")
            guard let index = part.parent, message.parts.indices.contains(index) else { continue }
            let outer = message.parts[index].bodyRange
            rules.that(outer.lowerBound <= part.headerRange.lowerBound, "a part before its parent")
            rules.that(part.bodyRange.upperBound <= outer.upperBound, "a part behind its parent")
        }
        return rules.broken
    }

    private static func sections(_ message: ParsedMessage, _ size: Int) -> String? {
        var rules = Rules()
        let texts: [SectionText] = [.whole, .header, .text, .mime]
        for path in message.parts.prefix(200).map(\.path) + [[], [0], [-1], [Int.max], [1, 1, 1]] {
            for range in texts.compactMap({ message.range(of: path, $0) }) {
                rules.that(range.lowerBound >= 0 && range.upperBound <= size, "section \(path) at \(range)")
            }
        }
        for part in message.parts.prefix(200) {
            rules.that(message.range(of: part.path, .whole) != nil, "no section \(part.path)")
            _ = (part.fileName, part.language, part.mediaType.charset, part.header.fields.map(\.decoded))
            _ = part.header.filtered(keeping: ["Subject", "X"], excluding: part.index % 2 == 0)
        }
        return rules.broken
    }

    private static func texts(_ facts: MessageFacts) -> String? {
        var rules = Rules()
        rules.none(IMAPGrammar.fault(in: facts.envelopeText).map { "ENVELOPE: " + $0 })
        rules.none(IMAPGrammar.fault(in: facts.bodyStructureText).map { "BODYSTRUCTURE: " + $0 })
        rules.none(IMAPGrammar.fault(in: facts.bodyText).map { "BODY: " + $0 })
        rules.that(facts.threadKeys.count <= MessageLimits.threadKeys, "\(facts.threadKeys.count) thread keys")
        return rules.broken
    }

    private static func search(_ message: ParsedMessage, _ bytes: [UInt8]) {
        let search = MessageSearch(bytes, message)
        _ = try? search.body(contains: Array("zz".utf8))
        _ = try? search.text(contains: Array("ö".utf8))
        _ = search.header("Subject", contains: [])
    }
}

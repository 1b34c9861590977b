/// What of a section IMAP asks for: BODY[1], BODY[1.HEADER], BODY[1.TEXT], BODY[1.MIME].
package enum SectionText: Sendable, Hashable { case whole, header, text, mime }

extension ParsedMessage {
    /// The part with that number (RFC 9051 §6.4.5.1); none for `[]`, which is the message itself.
    package func part(at path: [Int]) -> Part? {
        var current: Part?
        for number in path {
            guard let next = step(from: current, number) else { return nil }
            current = next
        }
        return current ?? root
    }

    /// From a part (nil: from the message as a whole) to the part with the next number.
    private func step(from part: Part?, _ number: Int) -> Part? {
        let isMessage = part == nil || part?.kind == .message
        guard let entity = part.map({ $0.kind == .message ? embedded(in: $0) : $0 }) ?? root else { return nil }
        if entity.kind == .multipart {
            guard number >= 1, number <= entity.children.count else { return nil }
            return self.part(index: entity.children[number - 1])
        }
        return isMessage && number == 1 ? entity : nil
    }

    /// The root of the message that a message/rfc822 part holds.
    package func embedded(in part: Part) -> Part? {
        part.kind == .message ? part.children.first.flatMap(self.part(index:)) : nil
    }

    /// The bytes of the message that a section names; nil when there is no such section.
    package func range(of path: [Int], _ section: SectionText) -> Range<Int>? {
        guard !path.isEmpty else { return rootRange(section) }
        guard let part = part(at: path) else { return nil }
        switch section {
        case .whole: return part.bodyRange
        case .mime: return part.headerRange
        // HEADER and TEXT below a number are those of an embedded message.
        case .header: return embedded(in: part)?.headerRange
        case .text: return embedded(in: part)?.bodyRange
        }
    }

    private func rootRange(_ section: SectionText) -> Range<Int>? {
        switch section {
        case .whole: 0..<size
        case .header: root.headerRange
        case .text: root.bodyRange
        case .mime: nil
        }
    }
}

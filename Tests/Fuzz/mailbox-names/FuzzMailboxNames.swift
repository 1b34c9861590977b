import MailMessage
import MailWire

@testable import MailSessions

/// Mailbox names as they travel and as they are kept, and the patterns of LIST. A zero byte ends the name; a pattern
/// follows.
enum FuzzMailboxNames: FuzzTarget {
    static let name = "mailbox-names"

    static func check(_ input: [UInt8]) -> String? {
        let name = Array(input.prefix { $0 != 0 })
        let pattern = Array(input.dropFirst(name.count + 1))
        var rules = Rules()
        rules.none(brokenSpelling(name))
        for encoding in [MailboxEncoding.modifiedUTF7, .utf8] {
            guard let text = encoding.decode(name) else { continue }
            rules.that(encoding.decode(encoding.encode(text)) == text, "\(encoding) changes \(text)")
            rules.none(MailboxName(text).flatMap { brokenName($0) ?? brokenMatch($0, pattern, encoding) })
            rules.none(brokenPrefix(text))
        }
        return rules.broken
    }

    /// No mailbox has two spellings but for needless shifts, and every text has one.
    private static func brokenSpelling(_ bytes: [UInt8]) -> String? {
        if let text = String(validating: bytes, as: UTF8.self) {
            let wire = ModifiedUTF7.encode(text)
            guard wire.allSatisfy({ (0x20...0x7e).contains($0) }) else { return "\(text) is spelt with other bytes" }
            guard let back = ModifiedUTF7.decode(wire) else { return "\(text) cannot be read again" }
            return Array(back.utf8) == bytes ? nil : "\(text) comes back as \(back)"
        }
        return nil
    }

    private static func brokenName(_ name: MailboxName) -> String? {
        var rules = Rules()
        rules.that(MailboxName(name.text) == name, "\(name.text) is another name than its components")
        rules.that(name.text.utf8.count <= MailboxName.maximumLength, "\(name.text.utf8.count) bytes of name")
        rules.that(name.components.allSatisfy { !$0.utf8.contains(0x2f) }, "a separator inside \(name.components)")
        rules.that(name.text.utf8.count { $0 == 0x2f } == name.components.count - 1, "depth of \(name.text)")
        rules.that(name.parent.map { name.isBelow($0) } ?? true, "\(name) is not below its parent")
        rules.that(!name.text.utf8.contains { $0 < 0x20 || $0 == 0x7f }, "a control character in a name")
        return rules.broken
    }

    /// The matcher agrees with the plainest one, and "*" is everything.
    private static func brokenMatch(
        _ name: MailboxName, _ pattern: [UInt8], _ encoding: MailboxEncoding
    ) -> String? {
        var rules = Rules()
        rules.that(MailboxPattern("*").matches(name), "* does not match \(name)")
        rules.that(MailboxPattern(name.text).matches(name), "\(name) does not match itself")
        guard let text = encoding.decode(Array(pattern.prefix(200))) else { return rules.broken }
        let (fast, plain) = (MailboxPattern(text).matches(name), Self.matches(Array(text.utf8), name))
        rules.that(fast == plain, "\(text) and \(name): \(fast) and \(plain)")
        return rules.broken
    }

    /// All places in the pattern that the name read so far can have reached.
    private static func matches(_ pattern: [UInt8], _ name: MailboxName) -> Bool {
        let bytes = Array(name.text.utf8)
        let folded = name.components.first == "INBOX" ? 5 : 0
        var reached = skippingWildcards([0], pattern)
        for (index, byte) in bytes.enumerated() {
            var next: Set<Int> = []
            for place in reached where place < pattern.count {
                switch pattern[place] {
                case UInt8(ascii: "*"): next.insert(place)
                case UInt8(ascii: "%"): if byte != UInt8(ascii: "/") { next.insert(place) }
                case byte: next.insert(place + 1)
                case byte | 0x20 where index < folded: next.insert(place + 1)
                default: break
                }
            }
            reached = skippingWildcards(next, pattern)
        }
        return reached.contains(pattern.count)
    }

    /// A wildcard also matches nothing.
    private static func skippingWildcards(_ places: Set<Int>, _ pattern: [UInt8]) -> Set<Int> {
        var result = places
        for start in places {
            var place = start
            while place < pattern.count, [UInt8(ascii: "*"), UInt8(ascii: "%")].contains(pattern[place]) {
                place += 1
                result.insert(place)
            }
        }
        return result
    }

    /// What old clients call a mailbox leads to a proper name, if to any.
    private static func brokenPrefix(_ text: String) -> String? {
        for candidate in HiddenNamespaces.standard.candidates(for: text) {
            if let broken = brokenName(candidate) { return "candidate: " + broken }
        }
        for root in [true, false] {
            if let place = HiddenNamespaces.standard.place(for: text, exists: { _ in root }) {
                if let broken = brokenName(place) { return "place: " + broken }
            }
        }
        return nil
    }
}

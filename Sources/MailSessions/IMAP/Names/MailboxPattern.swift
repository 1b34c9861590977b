import MailMessage

/// A LIST pattern: `*` stands for anything, `%` for anything without the hierarchy separator (RFC 9051 §6.3.9).
///
/// Matching is greedy with one way back per kind of wildcard, so its cost is bounded by pattern x name whatever
/// the pattern: `%` cannot cross a separator, which makes the leftmost choice the best one.
struct MailboxPattern: Sendable, Equatable {
    private static let star = UInt8(ascii: "*")
    private static let percent = UInt8(ascii: "%")
    private static let separator = UInt8(ascii: "/")
    private static let inbox = Array("INBOX".utf8)

    private let bytes: [UInt8]

    /// Runs of wildcards are one: `%%%` is `%`, and a run with `*` in it is `*`.
    init(_ text: String) {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let isWildcard = byte == Self.star || byte == Self.percent
            if isWildcard, let last = bytes.last, last == Self.star || last == Self.percent {
                if byte == Self.star { bytes[bytes.count - 1] = byte }
            } else {
                bytes.append(byte)
            }
        }
        self.bytes = bytes
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// How much comparing one command may cost: a LIST of 10,000 mailboxes needs a tenth of it, a bomb the thousandfold.
    struct Effort {
        private(set) var isSpent = false
        private var left: Int

        init(steps: Int = 10_000_000) { left = steps }

        fileprivate mutating func step() -> Bool {
            left -= 1
            isSpent = left < 0
            return !isSpent
        }
    }

    func matches(_ name: MailboxName) -> Bool {
        var effort = Effort()
        return matches(name, &effort)
    }

    /// False once the effort is spent.
    func matches(_ name: MailboxName, _ effort: inout Effort) -> Bool { matches(Array(name.text.utf8), &effort) }

    private func matches(_ name: [UInt8], _ effort: inout Effort) -> Bool {
        let folded = name.starts(with: Self.inbox) && (name.count == 5 || name[5] == Self.separator) ? 5 : 0
        var place = 0
        var at = 0
        var afterStar: (pattern: Int, name: Int)?
        var afterPercent: (pattern: Int, name: Int)?
        while at < name.count || place < bytes.count {
            guard effort.step() else { return false }
            if place < bytes.count {
                switch bytes[place] {
                case Self.star:
                    place += 1
                    afterStar = (place, at)
                    afterPercent = nil
                    continue
                case Self.percent:
                    place += 1
                    afterPercent = (place, at)
                    continue
                case let byte where at < name.count && Self.equal(byte, name[at], folding: at < folded):
                    place += 1
                    at += 1
                    continue
                default: break
                }
            }
            if let back = afterPercent, back.name < name.count, name[back.name] != Self.separator {
                afterPercent = (back.pattern, back.name + 1)
                (place, at) = (back.pattern, back.name + 1)
            } else if let back = afterStar, back.name < name.count {
                afterStar = (back.pattern, back.name + 1)
                afterPercent = nil
                (place, at) = (back.pattern, back.name + 1)
            } else {
                return false
            }
        }
        return true
    }

    private static func equal(_ left: UInt8, _ right: UInt8, folding: Bool) -> Bool {
        left == right || (folding && left | 0x20 == right | 0x20)
    }
}

import MailMessage

/// A LIST pattern: `*` stands for anything, `%` for anything without the hierarchy separator (RFC 9051 §6.3.9).
///
/// Matching is greedy with one way back per kind of wildcard, so its cost is bounded by pattern x name whatever
/// the pattern: `%` cannot cross a separator, which makes the leftmost choice the best one.
struct MailboxPattern: Sendable, Equatable {
    fileprivate static let star = UInt8(ascii: "*")
    fileprivate static let percent = UInt8(ascii: "%")
    fileprivate static let separator = UInt8(ascii: "/")
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
    /// Its last wildcard is `%`, and it ends with it.
    var endsWithinLevel: Bool { bytes.last == Self.percent }

    /// How much comparing one command may cost: a LIST of 10,000 mailboxes needs a tenth of it, a bomb the thousandfold.
    struct Effort {
        static let limit = 10_000_000

        private(set) var isSpent = false
        private var left: Int

        init(steps: Int = limit) { left = steps }

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
        let isInbox = name.starts(with: Self.inbox) && (name.count == 5 || name[5] == Self.separator)
        var comparison = Comparison(pattern: bytes, name: name, folded: isInbox ? 5 : 0)
        return comparison.run(&effort)
    }
}

/// One comparison under way: how far it is, and where it may go on when it fails.
private struct Comparison {
    private struct Place {
        var pattern = 0
        var name = 0
    }

    let pattern: [UInt8]
    let name: [UInt8]
    /// So many octets of the name are compared without regard to case (RFC 9051 §5.1).
    let folded: Int
    private var here = Place()
    private var afterStar: Place?
    private var afterPercent: Place?

    init(pattern: [UInt8], name: [UInt8], folded: Int) {
        (self.pattern, self.name, self.folded) = (pattern, name, folded)
    }

    mutating func run(_ effort: inout MailboxPattern.Effort) -> Bool {
        while here.name < name.count || here.pattern < pattern.count {
            guard effort.step(), goOn() || goBack() else { return false }
        }
        return true
    }

    private mutating func goOn() -> Bool {
        guard here.pattern < pattern.count else { return false }
        switch pattern[here.pattern] {
        case MailboxPattern.star:
            here.pattern += 1
            (afterStar, afterPercent) = (here, nil)
        case MailboxPattern.percent:
            here.pattern += 1
            afterPercent = here
        case let byte where here.name < name.count && fits(byte):
            here = Place(pattern: here.pattern + 1, name: here.name + 1)
        default: return false
        }
        return true
    }

    private func fits(_ byte: UInt8) -> Bool {
        let other = name[here.name]
        return byte == other || (here.name < folded && byte | 0x20 == other | 0x20)
    }

    /// The last wildcard takes one octet more; a `%` that meets the separator leaves it to the `*` before.
    private mutating func goBack() -> Bool {
        if let back = afterPercent, back.name < name.count, name[back.name] != MailboxPattern.separator {
            here = Place(pattern: back.pattern, name: back.name + 1)
            afterPercent = here
        } else if let back = afterStar, back.name < name.count {
            here = Place(pattern: back.pattern, name: back.name + 1)
            (afterStar, afterPercent) = (here, nil)
        } else {
            return false
        }
        return true
    }
}

import MailMessage
import MailStore

/// What flags alone decide, and what a mailbox's counters say of them.
extension SearchTest {
    /// The same for this mailbox, where no message has a flag, or all have it: then nobody has to look at it.
    func simplified(for mailbox: MailboxInfo) -> SearchTest {
        switch self {
        case .flags(let bits): Self.flags(bits, in: mailbox)
        case .not(let test): test.simplified(for: mailbox).negated
        case .and(let tests): Self.conjunction(tests.map { $0.simplified(for: mailbox) })
        case .or(let tests): Self.conjunction(tests.map { $0.simplified(for: mailbox).negated }).negated
        default: self
        }
    }

    private static func flags(_ bits: FlagBits, in mailbox: MailboxInfo) -> SearchTest {
        if bits.contains(.seen), mailbox.unseen == mailbox.total { return .nothing }
        if bits.contains(.deleted), mailbox.deleted == 0 { return .nothing }
        var open = bits
        if mailbox.unseen == 0 { open.subtract(.seen) }
        if mailbox.deleted == mailbox.total { open.subtract(.deleted) }
        return open.isEmpty ? .all : .flags(open)
    }

    private static func conjunction(_ tests: [SearchTest]) -> SearchTest {
        var open: [SearchTest] = []
        for test in tests {
            switch test {
            case .all: break
            case .nothing: return .nothing
            default: open.append(test)
            }
        }
        return open.count > 1 ? .and(open) : open.first ?? .all
    }

    private var negated: SearchTest {
        switch self {
        case .all: .nothing
        case .nothing: .all
        case .not(let test): test
        default: .not(self)
        }
    }

    /// Then the answer says when what was found has last changed (RFC 7162 §3.1.5), whatever decides.
    var namesModSeq: Bool {
        switch self {
        case .modSeq: true
        case .not(let test): test.namesModSeq
        case .and(let tests), .or(let tests): tests.contains(where: \.namesModSeq)
        default: false
        }
    }

    /// Whether UIDs and flags decide it.
    var needsOnlyFlags: Bool {
        switch self {
        case .all, .nothing, .flags, .uids: true
        case .not(let test): test.needsOnlyFlags
        case .and(let tests), .or(let tests): tests.allSatisfy(\.needsOnlyFlags)
        default: false
        }
    }

    /// Of a test that they decide.
    func holds(_ uid: UID, _ flags: FlagBits) -> Bool {
        switch self {
        case .all: true
        case .flags(let bits): flags.isSuperset(of: bits)
        case .uids(let set): set.contains(uid)
        case .not(let test): !test.holds(uid, flags)
        case .and(let tests): tests.allSatisfy { $0.holds(uid, flags) }
        case .or(let tests): tests.contains { $0.holds(uid, flags) }
        default: false
        }
    }
}

/// The rows that have to be looked at.
extension SearchTest {
    /// The flags without which nothing can match.
    var flagFilter: FlagFilter {
        switch self {
        case .flags(let bits): FlagFilter(all: bits)
        case .not(.flags(let bits)) where bits.rawValue.nonzeroBitCount == 1: FlagFilter(none: bits)
        case .and(let tests):
            tests.lazy.map(\.flagFilter).reduce(into: FlagFilter()) { $0.formUnion($1) }
        default: .any
        }
    }

    /// Where it asks for nothing but the absence of \Seen: among which UIDs.
    var placesOfUnseen: UIDSet? { places.flatMap { $0.areUnseen ? $0.uids : nil } }

    /// UIDs, perhaps of unread messages only; nil when something else decides.
    private var places: (uids: UIDSet, areUnseen: Bool)? {
        switch self {
        case .all: (UIDSet(.first ... .last), false)
        case .nothing: (UIDSet(), false)
        case .uids(let set): (set, false)
        case .not(.flags(.seen)): (UIDSet(.first ... .last), true)
        case .and(let tests): Self.common(tests.map(\.places))
        default: nil
        }
    }

    private static func common(_ places: [(uids: UIDSet, areUnseen: Bool)?]) -> (uids: UIDSet, areUnseen: Bool)? {
        places.reduce((UIDSet(.first ... .last), false)) { common, next in
            guard let common, let next else { return nil }
            return (common.uids.intersection(next.uids), common.areUnseen || next.areUnseen)
        }
    }
}

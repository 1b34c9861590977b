import MailMessage
import MailStore

/// What a mailbox's counters say, where no message has a flag or all have it: then nobody has to look at it.
extension SearchTest {
    /// The same for this mailbox. Not where the answer says more of a message than that it was found.
    func simplified(for mailbox: MailboxCounts) -> SearchTest {
        isFuzzy || namesModSeq ? self : reduced(for: mailbox)
    }

    /// With MODSEQ the answer says when what was found has last changed (RFC 7162 §3.1.5).
    private var namesModSeq: Bool {
        switch self {
        case .modSeq: true
        case .not(let test): test.namesModSeq
        case .and(let tests), .or(let tests): tests.contains(where: \.namesModSeq)
        default: false
        }
    }

    private func reduced(for mailbox: MailboxCounts) -> SearchTest {
        switch self {
        case .flags(let bits): Self.flags(bits, in: mailbox)
        case .not(let test): test.reduced(for: mailbox).negated
        case .and(let tests): Self.every(tests.map { $0.reduced(for: mailbox) })
        case .or(let tests): Self.any(tests.map { $0.reduced(for: mailbox) })
        default: self
        }
    }

    private static func flags(_ bits: FlagBits, in mailbox: MailboxCounts) -> SearchTest {
        if bits.contains(.seen), mailbox.unseen == mailbox.total { return .nothing }
        if bits.contains(.deleted), mailbox.deleted == 0 { return .nothing }
        var open = bits
        if mailbox.unseen == 0 { open.subtract(.seen) }
        if mailbox.deleted == mailbox.total { open.subtract(.deleted) }
        return open.isEmpty ? .all : .flags(open)
    }

    private static func every(_ tests: [SearchTest]) -> SearchTest {
        if tests.contains(where: \.isNothing) { return .nothing }
        let open = tests.filter { !$0.isAll }
        return open.count > 1 ? .and(open) : open.first ?? .all
    }

    private static func any(_ tests: [SearchTest]) -> SearchTest {
        if tests.contains(where: \.isAll) { return .all }
        let open = tests.filter { !$0.isNothing }
        return open.count > 1 ? .or(open) : open.first ?? .nothing
    }

    private var negated: SearchTest {
        switch self {
        case .all: .nothing
        case .nothing: .all
        case .not(let test): test
        default: .not(self)
        }
    }

    private var isAll: Bool {
        if case .all = self { true } else { false }
    }

    private var isNothing: Bool {
        if case .nothing = self { true } else { false }
    }
}

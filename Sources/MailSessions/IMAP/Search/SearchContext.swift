import MailMessage
import MailWire

/// A SEARCH whose result the client wants to see live (RFC 5267 §4.3). Pure: what matches goes in, what has to be said
/// comes out.
struct SearchContext: Sendable {
    /// RFC 5267 §4.3.1 asks for one at least.
    static let limit = 16

    let tag: String
    let command: SearchCommand
    private(set) var members: UIDSet

    init(tag: String, command: SearchCommand, members: UIDSet) {
        self.tag = tag
        self.command = command
        self.members = members
    }

    /// These have gone; returns those of them that the client has in its result.
    mutating func remove(_ gone: UIDSet) -> UIDSet {
        let removed = members.intersection(gone)
        if !removed.isEmpty { members = members.subtracting(removed) }
        return removed
    }

    /// `changed` was looked at again, and `matching` of it belongs to the result.
    mutating func update(_ changed: UIDSet, matching: UIDSet) -> (added: UIDSet, removed: UIDSet) {
        let removed = remove(changed.subtracting(matching))
        let added = matching.subtracting(members)
        members.formUnion(added)
        return (added, removed)
    }
}

extension SearchKey {
    /// Whether its answer follows from the messages alone. Sequence numbers, `$`, \Recent and ages change by themselves:
    /// for them updates are refused.
    var canBeFollowed: Bool {
        switch self {
        case .sequence, .uid(.saved), .recent, .new, .old, .older, .younger: false
        case .and(let keys), .or(let keys): keys.allSatisfy(\.canBeFollowed)
        case .not(let key), .fuzzy(let key): key.canBeFollowed
        // `*` is another message tomorrow.
        case .uid(.ranges(let ranges)): !ranges.contains(where: \.mentionsLargest)
        default: true
        }
    }
}

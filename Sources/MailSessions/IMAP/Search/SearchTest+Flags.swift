import MailMessage
import MailStore

/// What flags alone decide.
extension SearchTest {
    /// Whether UIDs and flags decide it.
    var needsOnlyFlags: Bool {
        switch self {
        case .all, .nothing, .flags, .uids: true
        case .not(let test): test.needsOnlyFlags
        case .and(let tests), .or(let tests): tests.allSatisfy(\.needsOnlyFlags)
        default: false
        }
    }

    /// Whether a message matches a test that `needsOnlyFlags`.
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

/// What needs no rows.
extension SearchTest {
    /// Whether UIDs and the marks of what is unread decide it.
    var needsOnlyMarks: Bool {
        switch self {
        case .all, .nothing, .uids, .flags(.seen): true
        case .not(let test): test.needsOnlyMarks
        case .and(let tests), .or(let tests): tests.allSatisfy(\.needsOnlyMarks)
        default: false
        }
    }

    var namesSeen: Bool {
        switch self {
        case .flags(let bits): bits.contains(.seen)
        case .not(let test): test.namesSeen
        case .and(let tests), .or(let tests): tests.contains(where: \.namesSeen)
        default: false
        }
    }

    /// Those of `everyone` that match a test that `needsOnlyMarks`. Sets may be long, and tests many.
    func members(of everyone: UIDSet, unseen: UIDSet, checkTime: () throws -> Void) throws -> UIDSet {
        try checkTime()
        switch self {
        case .all: return everyone
        case .uids(let set): return everyone.intersection(set)
        case .flags: return everyone.subtracting(unseen)
        case .not(let test):
            return everyone.subtracting(try test.members(of: everyone, unseen: unseen, checkTime: checkTime))
        case .and(let tests):
            return try tests.reduce(everyone) { try $1.members(of: $0, unseen: unseen, checkTime: checkTime) }
        case .or(let tests):
            return try tests.reduce(into: UIDSet()) {
                $0.formUnion(try $1.members(of: everyone, unseen: unseen, checkTime: checkTime))
            }
        default: return UIDSet()
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
        case .and(let tests): tests.lazy.map(\.flagFilter).reduce(into: FlagFilter()) { $0.formUnion($1) }
        default: .any
        }
    }
}

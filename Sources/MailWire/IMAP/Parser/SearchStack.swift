/// The open parentheses, ORs and NOTs of a search program, innermost last.
struct SearchStack {
    enum Kind: Equatable {
        /// `( ...`, or the whole program at the bottom.
        case list
        case not
        case or
        case fuzzy
    }

    private struct Frame {
        let kind: Kind
        var keys: [SearchKey] = []
        /// How many operands an operator still waits for.
        var missing = 0
    }

    private var frames = [Frame(kind: .list)]

    mutating func push(_ kind: Kind, at cursor: ByteCursor) throws(SyntaxError) {
        guard frames.count <= IMAPLimits.searchDepth else {
            throw cursor.failure(.limit, "at most \(IMAPLimits.searchDepth) search keys inside each other")
        }
        frames.append(Frame(kind: kind, missing: kind == .or ? 2 : 1))
    }

    /// OR directly inside OR makes that one longer, not deeper: clients chain hundreds of addresses so.
    mutating func pushOr(at cursor: ByteCursor) throws(SyntaxError) {
        guard frames.last?.kind == .or else { return try push(.or, at: cursor) }
        frames[frames.count - 1].missing += 1
    }

    /// Gives a finished key to the innermost frame, which may finish that one, and so on outwards.
    mutating func add(_ key: SearchKey) {
        var key = key
        while let kind = frames.last?.kind {
            switch kind {
            case .not:
                frames.removeLast()
                key = .not(key)
            case .fuzzy:
                frames.removeLast()
                key = .fuzzy(key)
            case .list:
                return frames[frames.count - 1].keys.append(key)
            case .or:
                frames[frames.count - 1].keys.append(key)
                frames[frames.count - 1].missing -= 1
                guard frames[frames.count - 1].missing == 0 else { return }
                key = .or(frames.removeLast().keys)
            }
        }
    }

    /// False when no parenthesis is open, or an operator before it still wants a key.
    mutating func closeList() -> Bool {
        guard frames.count > 1, frames.last?.kind == .list else { return false }
        add(Self.joined(frames.removeLast().keys))
        return true
    }

    /// The whole program, when nothing is open.
    var result: SearchKey? {
        guard frames.count == 1, let keys = frames.first?.keys, !keys.isEmpty else { return nil }
        return Self.joined(keys)
    }

    private static func joined(_ keys: [SearchKey]) -> SearchKey {
        guard let only = keys.first, keys.count == 1 else { return .and(keys) }
        return only
    }
}

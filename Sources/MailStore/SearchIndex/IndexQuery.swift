internal import MailMessage

/// What has to stand in a message for a search to find it, as far as an index can tell. Texts are folded.
package indirect enum IndexQuery: Sendable, Equatable {
    package enum Scope: Sendable { case header, body, anywhere }

    case text([UInt8], Scope)
    case and([IndexQuery])
    case or([IndexQuery])
}

/// What an index answers: the message is among these, or not in the index yet.
struct IndexAnswer: Sendable {
    /// By ascending number.
    let blobs: [Int64]
    let through: Int64
}

extension SQLConnection {
    /// Beyond so many, looking at the messages one after the other is as fast.
    static let candidateLimit = 16_384

    /// Nil when it does not narrow the search. The expression's depth is bounded by whoever made it.
    func candidates(_ query: IndexQuery) throws -> [Int64]? {
        switch query {
        case .text(let needle, let scope):
            try checkTime()
            return try candidates(needle, scope)
        case .and(let queries):
            // One after the other: there may be thousands.
            var common: [Int64]?
            for query in queries where common?.isEmpty != true {
                guard let some = try candidates(query) else { continue }
                common = common.map { $0.filter(Set(some).contains) } ?? some
            }
            return common
        case .or(let queries):
            var all: Set<Int64> = []
            for query in queries {
                guard let some = try candidates(query) else { return nil }
                all.formUnion(some)
                guard all.count <= Self.candidateLimit else { return nil }
            }
            return all.sorted()
        }
    }

    private func candidates(_ needle: [UInt8], _ scope: IndexQuery.Scope) throws -> [Int64]? {
        let grams = GramSet.needle(needle)
        guard !grams.isEmpty else { return nil }
        var found: [Int64] = []
        try self("SELECT rowid FROM gram WHERE gram MATCH $1").some(GramWord.text(of: grams)) { row in
            let number = row.int64(0)
            try checkTime()
            let isWanted = scope == .anywhere || (number & 1 == 1) == (scope == .body)
            if isWanted, found.last != number >> 1 { found.append(number >> 1) }
            return found.count <= Self.candidateLimit
        }
        guard found.count <= Self.candidateLimit else { return nil }
        let open = try openBlobs()
        return open.isEmpty ? found : Set(found).union(open).sorted()
    }

    private func openBlobs() throws -> [Int64] {
        var found: [Int64] = []
        try self("SELECT blob_id FROM indexed WHERE is_open>0").each { found.append($0.int64(0)) }
        return found
    }
}

/// SORT and UID SORT (RFC 5256 §3, RFC 5267 §3).
package struct SortCommand: Sendable, Equatable {
    /// Never empty; the first one weighs most.
    package let criteria: [SortCriterion]
    package let search: SearchCommand

    package init(criteria: [SortCriterion], search: SearchCommand) {
        self.criteria = criteria
        self.search = search
    }
}

package struct SortCriterion: Sendable, Equatable {
    package enum Key: Sendable, Equatable {
        case arrival
        case cc
        case date
        case from
        case size
        case subject
        case to
        // RFC 5957
        case displayFrom
        case displayTo
        // RFC 6203 §5
        case relevancy
    }

    package let key: Key
    package let isReversed: Bool

    package init(_ key: Key, isReversed: Bool = false) {
        self.key = key
        self.isReversed = isReversed
    }
}

/// THREAD and UID THREAD (RFC 5256 §3).
package struct ThreadCommand: Sendable, Equatable {
    package enum Algorithm: Sendable, Equatable {
        case orderedSubject
        case references
        /// draft-ietf-morg-inthread
        case refs
    }

    package let algorithm: Algorithm
    package let search: SearchCommand

    package init(algorithm: Algorithm, search: SearchCommand) {
        self.algorithm = algorithm
        self.search = search
    }
}

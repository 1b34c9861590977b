/// What is known about a name.
package enum NameAnswer: Sendable, Equatable {
    case found(NameRecords)
    /// The name does not exist.
    case noName
    /// The name exists, and has nothing of that kind.
    case noData
    /// Nobody could say: silence, SERVFAIL, or an answer that contradicts itself. In words for the operator.
    case failed(String)

    package var records: [DNSRecord] {
        guard case .found(let found) = self else { return [] }
        return found.all
    }

    package var isAuthentic: Bool {
        guard case .found(let found) = self else { return false }
        return found.isAuthentic
    }
}

/// Records of the kind that was asked for; never empty.
package struct NameRecords: Sendable, Equatable {
    package let all: [DNSRecord]
    /// DNSSEC proves all of it, aliases on the way too, says a resolver that this machine believes.
    package let isAuthentic: Bool
    /// Where the aliases end: the name itself when there are none (RFC 7672 §2.2.2).
    package let canonicalName: String

    package init(all: [DNSRecord], isAuthentic: Bool, canonicalName: String) {
        self.all = all
        self.isAuthentic = isAuthentic
        self.canonicalName = canonicalName
    }
}

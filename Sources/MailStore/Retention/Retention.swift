package import MailMessage

/// How long something may lie where it expires.
package enum RetentionPeriod: Sendable, Equatable {
    case never
    case seconds(Int64)
}

/// What somebody decided at one level. A nil field inherits: account over organisation over class over default.
package struct RetentionRule: Sendable, Equatable {
    package var trash: RetentionPeriod?
    package var junk: RetentionPeriod?
    package var hold: RetentionHold?

    package init(trash: RetentionPeriod? = nil, junk: RetentionPeriod? = nil, hold: RetentionHold? = nil) {
        self.trash = trash
        self.junk = junk
        self.hold = hold
    }

    package var isEmpty: Bool { self == RetentionRule() }
}

/// Nothing is purged, and nothing restorable is given up, while it lasts.
package struct RetentionHold: Sendable, Equatable {
    package let since: EpochSeconds
    package let reason: String

    package init(since: EpochSeconds, reason: String) {
        self.since = since
        self.reason = reason
    }
}

package typealias RetentionScope = QuotaScope
package typealias RetentionSource = QuotaSource

/// What holds for one account now, and who says so.
package struct EffectiveRetention: Sendable, Equatable {
    package static let standardTrash = RetentionPeriod.seconds(7 * 86_400)
    package static let standardJunk = RetentionPeriod.never
    /// So long after an import nothing of the account is purged: its owner has not yet seen what came over.
    package static let importGrace: Int64 = 7 * 86_400

    package struct Period: Sendable, Equatable {
        package let value: RetentionPeriod
        package let source: RetentionSource

        package init(value: RetentionPeriod, source: RetentionSource) {
            self.value = value
            self.source = source
        }
    }

    package var trash = Period(value: standardTrash, source: .standard)
    package var junk = Period(value: standardJunk, source: .standard)
    package var hold: RetentionHold?
    package var heldBy: RetentionSource?
    package var importedAt: EpochSeconds?

    package init() {}

    /// The first that says something decides; any hold holds.
    init(_ levels: [(rule: RetentionRule, source: RetentionSource)], importedAt: EpochSeconds?) {
        self.importedAt = importedAt
        for (rule, source) in levels.reversed() {
            if let period = rule.trash { trash = Period(value: period, source: source) }
            if let period = rule.junk { junk = Period(value: period, source: source) }
            if let hold = rule.hold { (self.hold, heldBy) = (hold, source) }
        }
    }

    /// Why nothing of the account may be purged now.
    package func protection(at now: EpochSeconds) -> Protection? {
        if hold != nil { return .held }
        if let importedAt, now < importedAt + Self.importGrace { return .imported }
        return nil
    }

    package enum Protection: String, Sendable { case held, imported }
}

/// What STATUS can be asked for (RFC 9051 §6.3.11, RFC 7162, RFC 8438, RFC 7889, RFC 8474).
package enum StatusItem: String, Sendable, Equatable, CaseIterable {
    case messages = "MESSAGES"
    case uidNext = "UIDNEXT"
    case uidValidity = "UIDVALIDITY"
    case unseen = "UNSEEN"
    case deleted = "DELETED"
    case size = "SIZE"
    case recent = "RECENT"
    case highestModSeq = "HIGHESTMODSEQ"
    case appendLimit = "APPENDLIMIT"
    case mailboxID = "MAILBOXID"
}

package enum StatusValue: Sendable, Equatable, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral {
    case number(UInt64)
    case objectID(String)
    /// RFC 7889 §3.1: no limit.
    case none

    package init(integerLiteral value: UInt64) { self = .number(value) }
    package init(nilLiteral: ()) { self = .none }
}

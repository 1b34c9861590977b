/// One limit, as `mail-serve --print-limits` shows it.
package struct LimitRow: Sendable, Equatable {
    package enum Unit: String, Sendable { case count, bytes, seconds }

    /// `area.name`: stable, for scripts.
    package let name: String
    /// Nil: no limit.
    package let value: Int64?
    package let unit: Unit
    /// The key of mail.conf(5) that sets it.
    package let key: String?
    /// The RFC section that asks for it or allows it.
    package let reference: String?
    package let reason: String

    static func count(
        _ name: String, _ value: Int?, key: String? = nil, rfc reference: String? = nil, _ reason: String
    ) -> LimitRow {
        LimitRow(
            name: name, value: value.map { Int64($0) }, unit: .count, key: key, reference: reference, reason: reason)
    }

    static func bytes(
        _ name: String, _ value: (some BinaryInteger)?, key: String? = nil, rfc reference: String? = nil,
        _ reason: String
    ) -> LimitRow {
        LimitRow(
            name: name, value: value.map { Int64(clamping: $0) }, unit: .bytes, key: key, reference: reference,
            reason: reason)
    }

    static func seconds(
        _ name: String, _ value: (some BinaryInteger)?, key: String? = nil, rfc reference: String? = nil,
        _ reason: String
    ) -> LimitRow {
        LimitRow(
            name: name, value: value.map { Int64(clamping: $0) }, unit: .seconds, key: key, reference: reference,
            reason: reason)
    }
}

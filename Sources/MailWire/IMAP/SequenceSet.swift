/// A set of sequence numbers or UIDs as the client wrote it (RFC 9051 `sequence-set`), or `$` (RFC 5182).
/// It is never enumerated: `1:4294967295` costs as much as `1`.
package enum SequenceSet: Sendable, Equatable {
    case saved
    case ranges([Range])

    package enum Bound: Sendable, Equatable {
        case number(UInt32)
        /// `*`, the largest number in use.
        case largest
    }

    /// The two ends in the client's order: `9:2` and `2:9` mean the same.
    package struct Range: Sendable, Equatable {
        package let first: Bound
        package let second: Bound

        package init(_ first: Bound, _ second: Bound) {
            self.first = first
            self.second = second
        }
    }
}

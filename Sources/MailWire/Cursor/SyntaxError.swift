/// Why a grammar did not match, and where. `incomplete` is not `invalid`: more bytes could still have made it right.
package struct SyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Reason: Sendable, Equatable {
        /// A byte stands where the grammar has no place for it.
        case invalid
        /// Everything matched up to the end of the input, which came too early.
        case incomplete
        /// The grammar matched, but a named limit was passed.
        case limit
    }

    package let reason: Reason
    /// What the grammar wanted, as a noun: "a tag", "a closing parenthesis". Never peer input.
    package let expected: String
    /// Where, counted in bytes from the start of the input.
    package let offset: Int

    package init(_ reason: Reason, expected: String, offset: Int) {
        self.reason = reason
        self.expected = expected
        self.offset = offset
    }

    package var description: String {
        switch reason {
        case .invalid: "expected \(expected) at byte \(offset)"
        case .incomplete: "ended where \(expected) was expected"
        case .limit: "over the limit: \(expected)"
        }
    }
}

/// A page of a result: `1:500` from its beginning, `-1:-500` from its end (RFC 9394 §3.1).
package struct PartialRange: Sendable, Equatable {
    /// The two ends in the client's order, without their signs; they go back to it as they came.
    package let first: UInt32
    package let second: UInt32
    package let isFromEnd: Bool

    package init(_ first: UInt32, _ second: UInt32, isFromEnd: Bool = false) {
        self.first = first
        self.second = second
        self.isFromEnd = isFromEnd
    }

    /// Which of `count` results it means, from 0; empty when it lies beyond them.
    package func indices(of count: Int) -> Range<Int> {
        let near = min(count, Int(min(first, second)) - 1)
        let far = min(count, Int(max(first, second)))
        guard near < far else { return 0..<0 }
        return isFromEnd ? count - far..<count - near : near..<far
    }
}

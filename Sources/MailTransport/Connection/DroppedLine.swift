/// What is left of a line that was too long to be kept: its two ends, for an answer with the right tag and for what its
/// end announces.
package struct DroppedLine: Sendable, Equatable {
    static let headLength = 64
    static let tailLength = 32

    package private(set) var head: [UInt8] = []
    /// Without the terminator.
    package private(set) var tail: [UInt8] = []

    package init() {}

    mutating func append(_ octets: some Collection<UInt8>) {
        head += octets.prefix(Self.headLength - head.count)
        tail = Array((tail + octets.suffix(Self.tailLength)).suffix(Self.tailLength))
    }

    mutating func removeTerminator() {
        if tail.last == 0x0a { tail.removeLast() }
        if tail.last == 0x0d { tail.removeLast() }
    }
}

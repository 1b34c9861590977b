import Glibc

/// Whether a text that comes in pieces has a line of more octets than a server has to take (RFC 5321 §4.5.3.1.6).
struct LineLengths: Sendable {
    private(set) var hasLong = false
    /// Of the line that is not over, with a CR at its end.
    private var count = 0

    mutating func consume(_ chunk: UnsafeRawBufferPointer) {
        guard let base = chunk.baseAddress else { return }
        var place = 0
        while !hasLong, place < chunk.count {
            let end = memchr(base + place, 0x0a, chunk.count - place).map { base.distance(to: UnsafeRawPointer($0)) }
            count += (end ?? chunk.count) - place
            hasLong = count > LineBreaker.longestLine + 1
            guard let end else { return }
            (place, count) = (end + 1, 0)
        }
    }

    mutating func finish() { if count > LineBreaker.longestLine { hasLong = true } }
}

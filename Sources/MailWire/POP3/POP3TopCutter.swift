import Glibc

/// TOP: the header, the blank line and so many lines of the body (RFC 1939 §7). Pure; cut anywhere, the result is the same.
package struct POP3TopCutter: Sendable {
    private var linesLeft: Int
    private var isInBody = false
    /// The line at hand is empty so far: CRs do not count, as `MessageParser` takes them too, however the line is cut.
    private var isEmptyLine = true

    package init(lines: Int) { linesLeft = max(0, lines) }

    package private(set) var isDone = false

    /// How many of these bytes belong to the answer.
    package mutating func consume(_ chunk: UnsafeRawBufferPointer) -> Int {
        guard let base = chunk.baseAddress else { return 0 }
        var position = 0
        while !isDone, let found = memchr(base + position, 0x0a, chunk.count - position) {
            let end = UnsafeRawPointer(found) - base
            note(chunk[position..<end])
            position = end + 1
            finishLine()
        }
        guard !isDone else { return position }
        note(chunk[position...])
        return chunk.count
    }

    private mutating func note(_ part: Slice<UnsafeRawBufferPointer>) {
        if isEmptyLine, part.contains(where: { $0 != 0x0d }) { isEmptyLine = false }
    }

    private mutating func finishLine() {
        if isInBody {
            linesLeft -= 1
        } else if isEmptyLine {
            isInBody = true
        }
        isEmptyLine = true
        isDone = isInBody && linesLeft == 0
    }
}

import Glibc

/// Looks for the blank line behind a header, cut anywhere.
struct HeaderEnd {
    private var isOver = false
    /// The line so far is empty but for a CR.
    private var isBlank = true

    /// How many octets of the chunk belong to the header, its blank line included.
    mutating func consume(_ chunk: UnsafeRawBufferPointer) -> Int {
        guard !isOver, let base = chunk.baseAddress else { return 0 }
        var start = 0
        while let found = memchr(base + start, 0x0a, chunk.count - start) {
            let end = UnsafeRawPointer(found) - base
            isOver = isBlank && (end == start || end == start + 1 && chunk[start] == 0x0d)
            start = end + 1
            isBlank = true
            if isOver { return start }
        }
        if start < chunk.count { isBlank = isBlank && chunk.count == start + 1 && chunk[start] == 0x0d }
        return chunk.count
    }
}

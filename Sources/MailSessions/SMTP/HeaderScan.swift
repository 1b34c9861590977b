import Glibc

/// Looks at a message's header while it passes: counts Received, sees which fields are there. Constant memory, cut anywhere.
struct HeaderScan {
    private(set) var hops = 0
    private(set) var hasDate = false
    private(set) var hasMessageID = false
    /// The blank line was seen, or what follows cannot be a header.
    private(set) var isOver = false

    /// The beginning of the line at hand; enough to know its name.
    private var lineStart: [UInt8] = []
    private static let longestName = 12

    mutating func consume(_ chunk: UnsafeRawBufferPointer) {
        var rest = chunk[...]
        while !isOver, !rest.isEmpty {
            let line = UnsafeRawBufferPointer(rebasing: rest)
            let end = line.baseAddress.flatMap { base in
                memchr(base, 0x0a, line.count).map { UnsafeRawPointer($0) - base + 1 }
            }
            lineStart.append(
                contentsOf: line.prefix(min(end ?? line.count, max(0, Self.longestName - lineStart.count))))
            if end != nil { finishLine() }
            rest = rest.dropFirst(end ?? line.count)
        }
    }

    private mutating func finishLine() {
        if lineStart.starts(with: [0x0d, 0x0a]) || lineStart.first == 0x0a {
            isOver = true
        } else if begins("received:") {
            hops += 1
        } else if begins("date:") {
            hasDate = true
        } else if begins("message-id:") {
            hasMessageID = true
        }
        lineStart.removeAll(keepingCapacity: true)
    }

    /// The name is in small letters, so setting the bit of small letters compares without case.
    private func begins(_ name: StaticString) -> Bool {
        name.withUTF8Buffer { name in
            lineStart.count >= name.count && zip(lineStart, name).allSatisfy { $0 == $1 || $0 | 0x20 == $1 }
        }
    }
}

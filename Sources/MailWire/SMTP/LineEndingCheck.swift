import Glibc

/// Looks for a bare CR or LF in bytes that arrive without dots (BDAT); cut anywhere, the answer is the same.
package struct LineEndingCheck: Sendable {
    package private(set) var fault: DotReader.Fault?
    private var endsWithCarriageReturn = false

    package init() {}

    package mutating func consume(_ chunk: UnsafeRawBufferPointer) {
        var rest = chunk
        while fault == nil, !rest.isEmpty {
            endsWithCarriageReturn ? closeLine(&rest) : scanLine(&rest)
        }
    }

    /// A CR that nothing followed is bare too.
    package mutating func finish() {
        if endsWithCarriageReturn { fault = fault ?? .bareCarriageReturn }
    }

    private mutating func closeLine(_ rest: inout UnsafeRawBufferPointer) {
        endsWithCarriageReturn = false
        if rest.first == 0x0a { rest = .init(rebasing: rest.dropFirst()) } else { fault = .bareCarriageReturn }
    }

    private mutating func scanLine(_ rest: inout UnsafeRawBufferPointer) {
        guard let base = rest.baseAddress else { return }
        let lineFeed = memchr(base, 0x0a, rest.count).map { UnsafeRawPointer($0) - base }
        if let found = memchr(base, 0x0d, lineFeed ?? rest.count) {
            endsWithCarriageReturn = true
            rest = .init(rebasing: rest.dropFirst(UnsafeRawPointer(found) - base + 1))
        } else {
            if lineFeed != nil { fault = .bareLineFeed }
            rest = .init(rebasing: rest.dropFirst(rest.count))
        }
    }
}

import Glibc

/// The delimiters of the multiparts that are open, outermost first.
struct Boundaries: Sendable {
    struct Match: Equatable {
        /// Index among the open parts of the multipart whose delimiter this is.
        let level: Int
        let isFinal: Bool
    }

    private struct Delimiter: Sendable {
        let level: Int
        let bytes: [UInt8]  // "--" boundary
    }

    private var delimiters: [Delimiter] = []
    var isEmpty: Bool { delimiters.isEmpty }

    mutating func push(_ boundary: [UInt8], level: Int) {
        delimiters.append(Delimiter(level: level, bytes: [0x2d, 0x2d] + boundary))
    }

    /// Forgets those of parts that close.
    mutating func drop(from level: Int) {
        while let last = delimiters.last, last.level >= level { delimiters.removeLast() }
    }

    /// No line is a delimiter any more.
    mutating func dropAll() { delimiters = [] }

    // delimiter / close-delimiter with transport-padding (RFC 2046 §5.1.1); the innermost multipart goes first.
    func match(_ line: UnsafeRawBufferPointer) -> Match? {
        var end = line.count
        if end > 0, line[end - 1] == 0x0a { end -= 1 }
        if end > 0, line[end - 1] == 0x0d { end -= 1 }
        while end > 0, ByteClass.isBlank(line[end - 1]) { end -= 1 }
        for delimiter in delimiters.reversed() {
            let length = delimiter.bytes.count
            guard end == length || end == length + 2, Self.starts(line, with: delimiter.bytes) else { continue }
            if end == length { return Match(level: delimiter.level, isFinal: false) }
            if line[length] == 0x2d, line[length + 1] == 0x2d { return Match(level: delimiter.level, isFinal: true) }
        }
        return nil
    }

    private static func starts(_ line: UnsafeRawBufferPointer, with bytes: [UInt8]) -> Bool {
        guard let base = line.baseAddress, line.count >= bytes.count else { return false }
        return memcmp(base, bytes, bytes.count) == 0
    }
}

import Glibc

/// Puts the dots in: doubles a "." at the start of a line and ends with CRLF "." CRLF (RFC 1939 §3, RFC 5321 §4.5.2).
///
/// A line starts after any LF, bare ones included: clients that read by LF must neither see an early end nor lose a dot.
package struct DotWriter: Sendable {
    private var isAtLineStart = true
    private var endsWithCRLF = true
    private var last: UInt8 = 0x0a

    package init() {}

    package mutating func write(_ chunk: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        guard let base = chunk.baseAddress, !chunk.isEmpty else { return }
        noteEnd(of: chunk)
        var start = 0
        if isAtLineStart, chunk[0] == 0x2e { output.append(0x2e) }
        isAtLineStart = false
        var position = 0
        while let found = memchr(base + position, 0x0a, chunk.count - position) {
            position = UnsafeRawPointer(found) - base + 1
            guard position < chunk.count else {
                isAtLineStart = true
                break
            }
            guard chunk[position] == 0x2e else { continue }
            output.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[start..<position]))
            output.append(0x2e)
            start = position
        }
        output.append(contentsOf: UnsafeRawBufferPointer(rebasing: chunk[start...]))
    }

    package mutating func write(_ chunk: [UInt8], into output: inout [UInt8]) {
        chunk.withUnsafeBytes { write($0, into: &output) }
    }

    /// The end; a last line without its CRLF gets one.
    package mutating func finish(into output: inout [UInt8]) {
        output.append(contentsOf: endsWithCRLF ? [0x2e, 0x0d, 0x0a] : [0x0d, 0x0a, 0x2e, 0x0d, 0x0a])
    }

    private mutating func noteEnd(of chunk: UnsafeRawBufferPointer) {
        let before = chunk.count > 1 ? chunk[chunk.count - 2] : last
        last = chunk[chunk.count - 1]
        endsWithCRLF = last == 0x0a && before == 0x0d
    }
}

import Glibc

/// Takes the dots out of DATA's bytes and finds their end: CRLF "." CRLF and nothing else (RFC 5321 §4.5.2, §4.1.1.4).
///
/// A bare CR or LF is a fault (RFC 5321 §2.3.8). Servers that disagree about "\n.\n" let one message hide in
/// another; so it never ends anything, the reader goes on to the true end, and the session refuses the message.
package struct DotReader: Sendable {
    package enum Fault: Hashable, Sendable { case bareCarriageReturn, bareLineFeed }

    /// The first fault; from there on nothing is put out.
    package private(set) var fault: Fault?

    private enum State { case lineStart, dot, dotCarriageReturn, inside, carriageReturn }
    private var state = State.lineStart

    package init() {}

    package struct Step: Hashable, Sendable {
        /// How many bytes of the chunk belong to the message; the rest is the next command.
        package let consumed: Int
        package let isEnd: Bool
    }

    /// Appends the chunk's content to the output. Cut anywhere, the result is the same.
    package mutating func consume(_ chunk: UnsafeRawBufferPointer, into output: inout [UInt8]) -> Step {
        var scan = Scan(chunk)
        while scan.position < chunk.count {
            if step(&scan, &output) { return Step(consumed: scan.position, isEnd: true) }
        }
        flush(&scan, &output)
        return Step(consumed: chunk.count, isEnd: false)
    }

    package mutating func consume(_ chunk: some Collection<UInt8>, into output: inout [UInt8]) -> Step {
        let result = chunk.withContiguousStorageIfAvailable { consume(UnsafeRawBufferPointer($0), into: &output) }
        return result ?? Array(chunk).withUnsafeBytes { consume($0, into: &output) }
    }

    /// The chunk, the place in it, and where the run of bytes begins that was read but not yet put out.
    private struct Scan {
        let chunk: UnsafeRawBufferPointer
        var position = 0
        var runStart = 0
        init(_ chunk: UnsafeRawBufferPointer) { self.chunk = chunk }
    }

    /// One state's worth of bytes; true at the end of the data.
    private mutating func step(_ scan: inout Scan, _ output: inout [UInt8]) -> Bool {
        let byte = scan.chunk[scan.position]
        switch state {
        case .lineStart where byte == dot:
            flush(&scan, &output)
            scan.position += 1
            scan.runStart = scan.position
            state = .dot
        case .dot where byte == carriageReturn:
            scan.position += 1
            scan.runStart = scan.position
            state = .dotCarriageReturn
        case .dotCarriageReturn:
            guard byte == lineFeed else {
                record(.bareCarriageReturn)
                state = .inside
                return false
            }
            scan.position += 1
            return true
        case .carriageReturn: afterCarriageReturn(byte, &scan, &output)
        case .lineStart, .dot, .inside: inside(&scan)
        }
        return false
    }

    /// A CR at the end of the last chunk was held back: it is put out with its LF.
    private mutating func afterCarriageReturn(_ byte: UInt8, _ scan: inout Scan, _ output: inout [UInt8]) {
        guard byte == lineFeed else {
            record(.bareCarriageReturn)
            state = .inside
            return
        }
        if scan.position == 0, fault == nil { output.append(carriageReturn) }
        scan.position += 1
        state = .lineStart
    }

    /// To the end of the line: its LF must be the only one after its only CR.
    private mutating func inside(_ scan: inout Scan) {
        guard let base = scan.chunk.baseAddress else { return }
        let start = base + scan.position
        let count = scan.chunk.count - scan.position
        let end = memchr(start, Int32(lineFeed), count).map { UnsafeRawPointer($0) - start } ?? count
        guard let found = memchr(start, Int32(carriageReturn), end) else { return afterRun(end, of: count, &scan) }
        scan.position += UnsafeRawPointer(found) - start + 1
        state = .carriageReturn
    }

    /// A run without CR: it either fills the chunk or stops at a bare LF.
    private mutating func afterRun(_ end: Int, of count: Int, _ scan: inout Scan) {
        state = .inside
        scan.position += end
        guard end < count else { return }
        record(.bareLineFeed)
        scan.position += 1
    }

    private mutating func flush(_ scan: inout Scan, _ output: inout [UInt8]) {
        let held = state == .carriageReturn && scan.position > scan.runStart ? 1 : 0
        let end = scan.position - held
        if fault == nil, end > scan.runStart {
            output.append(contentsOf: UnsafeRawBufferPointer(rebasing: scan.chunk[scan.runStart..<end]))
        }
        scan.runStart = scan.position
    }

    private mutating func record(_ found: Fault) { fault = fault ?? found }

    private var dot: UInt8 { 0x2e }
    private var carriageReturn: UInt8 { 0x0d }
    private var lineFeed: UInt8 { 0x0a }
}

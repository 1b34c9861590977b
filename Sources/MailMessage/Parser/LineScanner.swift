import Glibc

/// Cuts a buffer into lines, their ends included.
struct LineScanner {
    private let buffer: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ buffer: UnsafeRawBufferPointer) { self.buffer = buffer }

    /// The next line; the last one may lack its end.
    mutating func next() -> UnsafeRawBufferPointer? {
        guard position < buffer.count else { return nil }
        let end = Self.endOfLine(in: buffer, from: position) ?? buffer.count
        defer { position = end }
        return UnsafeRawBufferPointer(rebasing: buffer[position..<end])
    }

    /// The index behind the next line feed, or nil when there is none.
    @inline(__always)
    static func endOfLine(in buffer: UnsafeRawBufferPointer, from position: Int) -> Int? {
        guard let base = buffer.baseAddress, position < buffer.count,
            let found = memchr(base + position, 0x0a, buffer.count - position)
        else { return nil }
        return UnsafeRawPointer(found) - base + 1
    }
}

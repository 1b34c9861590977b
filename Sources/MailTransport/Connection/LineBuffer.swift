import Glibc
import NIOCore

/// Input that no one has read yet, and how far it has been searched for the end of a line.
struct LineBuffer {
    enum Next {
        case line(InputLine)
        case incomplete
        case tooLong(DroppedLine)  // it has been read to its end
        case endless
    }

    private var bytes = ByteBuffer()
    private var searched = 0
    private var dropped = 0  // octets of a line that is too long, dropped so far
    private var ends: DroppedLine?

    var count: Int { bytes.readableBytes }
    var isEmpty: Bool { bytes.readableBytes == 0 }
    /// A line has begun whose end has not come.
    var isMidLine: Bool { !isEmpty || dropped > 0 }

    mutating func append(_ more: ByteBuffer) {
        if isEmpty {
            bytes = more
            searched = 0
        } else {
            if bytes.readerIndex > bytes.capacity / 2 { bytes.discardReadBytes() }
            bytes.writeImmutableBuffer(more)
        }
    }

    mutating func removeAll() {
        bytes = ByteBuffer()
        (searched, dropped, ends) = (0, 0, nil)
    }

    /// Before a wait: an idle connection keeps no memory.
    mutating func releaseIfEmpty() {
        guard isEmpty else { return }
        bytes = ByteBuffer()
        searched = 0
    }

    /// At most `max` octets of what is there; nil when there is nothing.
    mutating func take(_ max: Int) -> [UInt8]? {
        guard !isEmpty else { return nil }
        searched = 0
        return bytes.readBytes(length: Swift.min(Swift.max(1, max), count))
    }

    /// The end of what was taken last, to be read again first.
    mutating func putBack(_ octets: ArraySlice<UInt8>) {
        var joined = ByteBuffer(bytes: octets)
        joined.writeImmutableBuffer(bytes)
        bytes = joined
        searched = 0
    }

    /// `limit` counts the terminator.
    mutating func nextLine(limit: Int) -> Next {
        guard let length = lengthOfLine() else { return waitForEnd(limit: limit) }
        searched = 0
        guard dropped == 0, length <= limit else { return .tooLong(endOfDropped(length)) }
        return .line(takeLine(length))
    }

    private mutating func waitForEnd(limit: Int) -> Next {
        guard dropped > 0 || count >= limit else { return .incomplete }
        dropped += count
        keepEnds(count)
        bytes.clear()
        searched = 0
        guard dropped <= Connection.longestDrain else {
            (dropped, ends) = (0, nil)
            return .endless
        }
        return .incomplete
    }

    private mutating func endOfDropped(_ length: Int) -> DroppedLine {
        keepEnds(length)
        bytes.moveReaderIndex(forwardBy: length)
        var line = ends ?? DroppedLine()
        line.removeTerminator()
        (dropped, ends) = (0, nil)
        return line
    }

    private mutating func keepEnds(_ length: Int) {
        var line = ends ?? DroppedLine()
        line.append(bytes.readableBytesView.prefix(length))
        ends = line
    }

    private mutating func lengthOfLine() -> Int? {
        let from = searched
        let found = bytes.withUnsafeReadableBytes { all -> Int? in
            guard from < all.count, let start = all.baseAddress else { return nil }
            return memchr(start + from, 0x0a, all.count - from).map { start.distance(to: $0) + 1 }
        }
        if found == nil { searched = count }
        return found
    }

    private mutating func takeLine(_ length: Int) -> InputLine {
        bytes.readWithUnsafeReadableBytes { all -> (Int, InputLine) in
            let isCRLF = length >= 2 && all[length - 2] == 0x0d
            let content = all.prefix(length - (isCRLF ? 2 : 1))
            return (length, InputLine(bytes: Array(content), terminator: isCRLF ? .crlf : .lf))
        }
    }
}

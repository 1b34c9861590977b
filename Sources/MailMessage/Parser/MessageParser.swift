/// Finds the parts of a message in one pass, chunk by chunk, whatever its size.
///
/// It keeps headers (at most `MessageLimits.headerBytes`), the head of one line, and places: never a body.
package struct MessageParser: Sendable {
    private static let lineHeadLength = MessageLimits.boundaryLength + MessageLimits.boundaryPadding + 8

    private var tree = PartTree()
    private var header: HeaderCollector? = HeaderCollector()
    private var headerBudget = MessageLimits.headerBytes
    private var mark = PartTree.Mark()
    private var size = 0

    /// The line that former chunks began: all of it in a header, its head in a body.
    private var pending: [UInt8] = []
    private var pendingLength = 0
    private var pendingLast: UInt8 = 0

    package init() {}

    package mutating func consume(_ bytes: [UInt8]) { bytes.withUnsafeBytes { consume($0) } }

    package mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        var position = pendingLength > 0 ? completePending(bytes) : 0
        while position < bytes.count {
            if header == nil { position = skimBody(bytes, from: position) }
            guard let end = LineScanner.endOfLine(in: bytes, from: position) else { break }
            let terminator = end - position > 1 && bytes[end - 2] == 0x0d ? 2 : 1
            take(UnsafeRawBufferPointer(rebasing: bytes[position..<end]), length: end - position, terminator)
            position = end
        }
        if position < bytes.count { keep(UnsafeRawBufferPointer(rebasing: bytes[position...])) }
        size += bytes.count
    }

    package mutating func finish() -> ParsedMessage {
        if pendingLength > 0 { takePending(terminator: 0) }
        while header != nil { endHeader() }
        mark.terminator = 0
        tree.closeAll(at: mark)
        return ParsedMessage(size: size, parts: tree.parts())
    }

    /// The hot loop: steps over body lines that cannot be delimiters; stops at the first that can, or is unfinished.
    private mutating func skimBody(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var position = start
        var lines = 0
        let hasBoundaries = tree.hasBoundaries
        while position < bytes.count, !hasBoundaries || bytes[position] != 0x2d {
            guard let end = LineScanner.endOfLine(in: bytes, from: position) else { break }
            lines += 1
            position = end
        }
        guard lines > 0 else { return start }
        mark.start += position - start
        mark.lines += lines
        mark.terminator = position - start > 1 && bytes[position - 2] == 0x0d ? 2 : 1
        return position
    }

    // MARK: Lines across chunks

    private mutating func completePending(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let end = LineScanner.endOfLine(in: bytes, from: 0) else {
            keep(bytes)
            return bytes.count
        }
        let before = end > 1 ? bytes[end - 2] : pendingLast
        keep(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        takePending(terminator: before == 0x0d ? 2 : 1)
        return end
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        pendingLength += bytes.count
        pendingLast = bytes.last ?? pendingLast
        while header != nil, pendingLength > headerBudget { endHeader() }
        let limit = header == nil ? Self.lineHeadLength : headerBudget
        pending.append(contentsOf: bytes.prefix(max(0, limit - pending.count)))
    }

    private mutating func takePending(terminator: Int) {
        let (line, length) = (pending, pendingLength)
        pending = []
        pendingLength = 0
        line.withUnsafeBytes { take($0, length: length, terminator) }
        if line.count <= Self.lineHeadLength {
            pending = line
            pending.removeAll(keepingCapacity: true)
        }
    }

    // MARK: One line

    /// `line` may be cut short when it is longer than any delimiter; `length` is its true length.
    private mutating func take(_ line: UnsafeRawBufferPointer, length: Int, _ terminator: Int) {
        var next = mark
        next.start += length
        next.lines += terminator > 0 ? 1 : 0
        next.terminator = terminator
        while header != nil, length > headerBudget { endHeader() }
        let isConsumed = takeDelimiter(line, length, next) || takeHeaderLine(line, length, next)
        // The header may have ended here, and the line be a delimiter of the multipart that it announced.
        if !isConsumed { _ = takeDelimiter(line, length, next) }
        mark = next
    }

    private mutating func takeDelimiter(_ line: UnsafeRawBufferPointer, _ length: Int, _ next: PartTree.Mark) -> Bool {
        guard tree.hasBoundaries, length <= Self.lineHeadLength, line.count > 2, line[0] == 0x2d, line[1] == 0x2d,
            let match = tree.match(line)
        else { return false }
        while header != nil { endHeader() }
        if tree.cut(match, at: mark, next: next.start) { header = HeaderCollector() }
        return true
    }

    private mutating func takeHeaderLine(_ line: UnsafeRawBufferPointer, _ length: Int, _ next: PartTree.Mark) -> Bool {
        guard header != nil else { return false }
        // Once for this header, and once for each embedded message that begins with this very line.
        while header != nil {
            if header?.add(line) == true {
                headerBudget -= length
                if HeaderLine(line) == .blank { endHeader(bodyAt: next) }
                return true
            }
            endHeader()
        }
        return false
    }

    private mutating func endHeader() { endHeader(bodyAt: mark) }

    private mutating func endHeader(bodyAt body: PartTree.Mark) {
        guard let collector = header else { return }
        header = nil
        if tree.endHeader(collector, bodyAt: body) { header = HeaderCollector() }
    }
}

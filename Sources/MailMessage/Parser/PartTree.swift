/// Builds the parts of a message from the lines that matter: ends of headers, delimiters, the end.
struct PartTree: Sendable {
    /// What is known when a line begins.
    struct Mark {
        /// Offset of the line in the message.
        var start = 0
        /// Line ends seen before it.
        var lines = 0
        /// Length of the line end right before it: 0, 1 or 2.
        var terminator = 0
    }

    private struct Record {
        var parent: Int?
        var children: [Int] = []
        /// Its place among its parent's children, from 1.
        var number = 1
        var headerRange: Range<Int>
        var bodyRange = 0..<0
        var bodyLines = 0
        var linesBefore = 0
        var header = Header(HeaderCollector(), offset: 0)
        var kind = Part.Kind.leaf
        var mediaType = MediaType.plainText
    }

    private var records: [Record] = []
    private var open: [Int] = []
    private var boundaries = Boundaries()

    init() { begin(parent: nil, at: 0) }

    var hasBoundaries: Bool { !boundaries.isEmpty }
    func match(_ line: UnsafeRawBufferPointer) -> Boundaries.Match? { boundaries.match(line) }

    private mutating func begin(parent: Int?, at offset: Int) {
        let index = records.count
        records.append(Record(parent: parent, headerRange: offset..<offset))
        if let parent {
            records[parent].children.append(index)
            records[index].number = records[parent].children.count
        }
        open.append(index)
    }

    /// The header of the innermost part is complete. True when the header of an embedded message follows.
    mutating func endHeader(_ collector: HeaderCollector, bodyAt mark: Mark) -> Bool {
        guard let index = open.last else { return false }
        let start = records[index].headerRange.lowerBound
        let header = Header(collector, offset: start)
        records[index].header = header
        records[index].headerRange = start..<mark.start
        records[index].bodyRange = mark.start..<mark.start
        records[index].linesBefore = mark.lines
        let isInDigest = records[index].parent.map { records[$0].mediaType.isDigest } ?? false
        let declared = MediaType(header.first("Content-Type"), default: isInDigest ? .message : .plainText)
        return enter(declared, index, at: mark.start)
    }

    private mutating func enter(_ declared: MediaType, _ index: Int, at offset: Int) -> Bool {
        let hasRoom = open.count <= MessageLimits.nesting
        records[index].mediaType = declared
        if declared.isMultipart {
            guard hasRoom, let boundary = declared.boundary else {
                records[index].mediaType = .plainText
                return false
            }
            records[index].kind = .multipart
            boundaries.push(boundary, level: open.count - 1)
        } else if declared.isMessage {
            guard hasRoom, records.count < MessageLimits.parts else {
                records[index].mediaType = .octetStream
                return false
            }
            records[index].kind = .message
            begin(parent: index, at: offset)
            return true
        }
        return false
    }

    /// A delimiter: closes what is open inside its multipart. True when the header of another part follows.
    mutating func cut(_ match: Boundaries.Match, at mark: Mark, next: Int) -> Bool {
        guard match.isFinal || records.count < MessageLimits.parts else {
            boundaries.dropAll()
            return false
        }
        close(above: match.level, at: mark)
        boundaries.drop(from: match.isFinal ? match.level : match.level + 1)
        guard !match.isFinal, let parent = open.last else { return false }
        begin(parent: parent, at: next)
        return true
    }

    /// The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1).
    private mutating func close(above level: Int, at mark: Mark) {
        var innerEnd = 0
        while open.count > level + 1, let index = open.popLast() {
            let start = records[index].bodyRange.lowerBound
            let isEmpty = mark.start <= start
            let end = max(isEmpty ? start : mark.start - mark.terminator, innerEnd)
            records[index].bodyRange = start..<max(start, end)
            let lines = mark.lines - records[index].linesBefore - (mark.terminator > 0 ? 1 : 0)
            records[index].bodyLines = isEmpty ? 0 : max(0, lines)
            innerEnd = end
        }
    }

    /// The message is over.
    mutating func closeAll(at mark: Mark) { close(above: -1, at: mark) }

    func parts() -> [Part] {
        var paths: [[Int]] = []
        var result: [Part] = []
        for (index, record) in records.enumerated() {
            paths.append(path(of: index, paths))
            let isEmpty = record.kind == .multipart && record.children.isEmpty
            result.append(
                Part(
                    index: index, parent: record.parent, children: record.children,
                    path: partNumber(of: index, paths[index], isLeaf: isEmpty),
                    headerRange: record.headerRange, bodyRange: record.bodyRange, bodyLines: record.bodyLines,
                    header: record.header, kind: isEmpty ? .leaf : record.kind,
                    // A multipart without a single delimiter is what its reader sees: text.
                    mediaType: isEmpty ? .plainText : record.mediaType))
        }
        return result
    }

    /// The numbers of the entity: an embedded message shares those of the part that holds it.
    private func path(of index: Int, _ paths: [[Int]]) -> [Int] {
        guard let parent = records[index].parent else { return [] }
        guard records[parent].kind == .multipart else { return partNumber(of: parent, paths[parent], isLeaf: false) }
        return paths[parent] + [records[index].number]
    }

    /// A message that is no multipart has its body as part 1 (RFC 9051 §6.4.5.1).
    private func partNumber(of index: Int, _ path: [Int], isLeaf: Bool) -> [Int] {
        let parent = records[index].parent
        let isMessage = parent.map { records[$0].kind == .message } ?? true
        return isMessage && (records[index].kind != .multipart || isLeaf) ? path + [1] : path
    }
}

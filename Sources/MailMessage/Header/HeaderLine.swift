/// What one line of a header is.
enum HeaderLine: Equatable {
    case blank
    case continuation
    /// `nameEnd` is where the name stops, `valueStart` is behind the colon.
    case field(nameEnd: Int, valueStart: Int)
    /// Neither: the header ends before it, as if the blank line had been forgotten.
    case other

    init(_ line: UnsafeRawBufferPointer) {
        guard let first = line.first else {
            self = .blank
            return
        }
        if ByteClass.isBlank(first) {
            self = .continuation
        } else if (first == 0x0d || first == 0x0a) && line.allSatisfy({ $0 == 0x0d || $0 == 0x0a }) {
            self = .blank
        } else {
            self = Self.field(in: line)
        }
    }

    // obs-optional = field-name *WSP ":" unstructured CRLF  (RFC 5322 §4.5)
    private static func field(in line: UnsafeRawBufferPointer) -> HeaderLine {
        var position = 0
        while position < line.count, (33...126).contains(line[position]), line[position] != UInt8(ascii: ":") {
            position += 1
        }
        let nameEnd = position
        while position < line.count, ByteClass.isBlank(line[position]) { position += 1 }
        guard position < line.count, line[position] == UInt8(ascii: ":") else { return .other }
        return .field(nameEnd: nameEnd, valueStart: position + 1)
    }

    /// The separator line of a mailbox file, left at the top of a message by careless tools.
    static func isFromLine(_ line: UnsafeRawBufferPointer) -> Bool {
        line.starts(with: "From ".utf8) || line.starts(with: ">From ".utf8)
    }
}

/// Where one field lies in the bytes of its header.
struct HeaderSpan: Sendable, Equatable {
    var start: Int32
    var nameEnd: Int32
    var valueStart: Int32
    var end: Int32
}

/// Gathers the lines of one header.
struct HeaderCollector: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var spans: [HeaderSpan] = []
    private var isFirstLine = true

    /// False when the line does not belong to the header any more; the blank line does.
    mutating func add(_ line: UnsafeRawBufferPointer) -> Bool {
        let kind = HeaderLine(line)
        let isFromLine = isFirstLine && kind == .other && HeaderLine.isFromLine(line)
        guard kind != .other || isFromLine else { return false }
        isFirstLine = false
        append(line, kind)
        return true
    }

    private mutating func append(_ line: UnsafeRawBufferPointer, _ kind: HeaderLine) {
        if bytes.isEmpty { bytes.reserveCapacity(1024) }
        let start = Int32(truncatingIfNeeded: bytes.count)
        bytes.append(contentsOf: line)
        let end = Int32(truncatingIfNeeded: bytes.count)
        switch kind {
        case .field(let nameEnd, let valueStart):
            let (name, value) = (Int32(truncatingIfNeeded: nameEnd), Int32(truncatingIfNeeded: valueStart))
            spans.append(HeaderSpan(start: start, nameEnd: start + name, valueStart: start + value, end: end))
        case .continuation where !spans.isEmpty:
            spans[spans.count - 1].end = end
        case .continuation, .blank, .other:
            break  // a continuation of nothing is kept as bytes and belongs to no field
        }
    }
}

/// Takes the header off the front of a message that comes in pieces.
struct HeaderSplitter {
    private var fields: [HeaderField] = []
    private var field: [UInt8] = []
    private var line: [UInt8] = []
    private var size = 0
    private(set) var header: HeaderBlock?

    /// How many octets of the piece belong to the header; the rest is body. Nil when the header is too large.
    mutating func consume(_ piece: [UInt8]) -> Int? {
        var rest = piece[...]
        while header == nil, !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0a).map { $0 + 1 }
            let part = rest[..<(end ?? rest.endIndex)]
            size += part.count
            guard size <= HeaderBlock.largest, fields.count <= HeaderBlock.mostFields else { return nil }
            line += part
            rest = rest[part.endIndex...]
            if end != nil { finishLine() }
        }
        return piece.count - rest.count
    }

    /// The message is over.
    mutating func finish() -> HeaderBlock {
        if let header { return header }
        if !line.isEmpty { finishLine() }
        if let header { return header }
        finishField()
        return HeaderBlock(fields: fields, separator: [])
    }

    private mutating func finishLine() {
        defer { line = [] }
        if line == [0x0d, 0x0a] || line == [0x0a] {
            finishField()
            header = HeaderBlock(fields: fields, separator: line)
        } else if let first = line.first, first == 0x20 || first == 0x09, !field.isEmpty {
            field += line
        } else {
            finishField()
            field = line
        }
    }

    private mutating func finishField() {
        if !field.isEmpty { fields.append(HeaderField(raw: field)) }
        field = []
    }
}

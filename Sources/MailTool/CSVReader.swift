/// Reads comma-separated values (RFC 4180) record by record; CR LF and LF end a record.
package struct CSVReader {
    private let scalars: [UInt8]
    private var offset = 0
    private var line = 1
    /// The record as it stood, without its end.
    package private(set) var lastText = ""

    package init(_ text: String) {
        let bytes = Array(text.utf8)
        scalars = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
    }

    package mutating func next() -> (line: Int, fields: [String])? {
        guard offset < scalars.count else { return nil }
        let (start, first) = (offset, line)
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        while offset < scalars.count {
            let byte = scalars[offset]
            offset += 1
            if byte == 0x0a { line += 1 }
            switch (byte, isQuoted) {
            case (UInt8(ascii: "\""), true):
                if offset < scalars.count, scalars[offset] == UInt8(ascii: "\"") {
                    field.append(byte)
                    offset += 1
                } else {
                    isQuoted = false
                }
            case (UInt8(ascii: "\""), false): isQuoted = true
            case (UInt8(ascii: ","), false):
                fields.append(String(decoding: field, as: UTF8.self))
                field = []
            case (0x0a, false): return (first, finish(fields, field, from: start, to: offset - 1))
            default: field.append(byte)
            }
        }
        return (first, finish(fields, field, from: start, to: offset))
    }

    private mutating func finish(_ fields: [String], _ field: [UInt8], from start: Int, to end: Int) -> [String] {
        let isTrimmed = field.last == 0x0d
        let last = String(decoding: isTrimmed ? field.dropLast() : field[...], as: UTF8.self)
        var text = scalars[start..<end]
        if text.last == 0x0d { text.removeLast() }
        lastText = String(decoding: text, as: UTF8.self)
        return fields + [last]
    }
}

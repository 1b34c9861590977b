/// The fields of a message or part, in their order.
package struct Header: Sendable {
    /// As written, with the blank line at the end if there was one.
    package let bytes: [UInt8]
    /// Where `bytes` begin in the message.
    package let offset: Int
    private let spans: [HeaderSpan]

    package init(_ bytes: [UInt8]) {
        var collector = HeaderCollector()
        bytes.withUnsafeBytes { buffer in
            var lines = LineScanner(buffer)
            while let line = lines.next(), HeaderLine(line) != .blank, collector.add(line) {}
        }
        self.init(collector, offset: 0)
    }

    init(_ collector: HeaderCollector, offset: Int) {
        self.bytes = collector.bytes
        self.spans = collector.spans
        self.offset = offset
    }

    package var count: Int { spans.count }
    package var fields: [HeaderField] { spans.map(field) }

    /// The first field of that name, in whatever case.
    package func first(_ name: String) -> HeaderField? {
        spans.first { isNamed($0, name) }.map(field)
    }

    package func all(_ name: String) -> [HeaderField] {
        spans.filter { isNamed($0, name) }.map(field)
    }

    /// The first value of that name with its encoded words decoded.
    package func decoded(_ name: String) -> String? { first(name)?.decoded }

    private func field(_ span: HeaderSpan) -> HeaderField {
        let (start, end) = (Int(span.start), Int(span.end))
        return HeaderField(
            name: bytes[start..<Int(span.nameEnd)], rawValue: bytes[Int(span.valueStart)..<end],
            raw: bytes[start..<end], range: (offset + start)..<(offset + end))
    }

    private func isNamed(_ span: HeaderSpan, _ name: String) -> Bool {
        guard Int(span.nameEnd - span.start) == name.utf8.count else { return false }
        var position = Int(span.start)
        for byte in name.utf8 {
            if bytes[position].asciiLowercased != byte.asciiLowercased { return false }
            position += 1
        }
        return true
    }
}

extension Header {
    /// HEADER.FIELDS and HEADER.FIELDS.NOT (RFC 9051 §6.4.5.1): the chosen fields as written, and the blank line.
    package static func filter(
        _ header: some Collection<UInt8>, keeping names: [String], excluding: Bool = false
    ) -> [UInt8] {
        Header(Array(header)).filtered(keeping: names, excluding: excluding)
    }

    package func filtered(keeping names: [String], excluding: Bool = false) -> [UInt8] {
        var result: [UInt8] = []
        for span in spans where names.contains(where: { isNamed(span, $0) }) != excluding {
            result += bytes[Int(span.start)..<Int(span.end)]
            if result.last != 0x0a { result += [0x0d, 0x0a] }
        }
        return result + [0x0d, 0x0a]
    }
}

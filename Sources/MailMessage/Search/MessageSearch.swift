/// Answers SEARCH's questions about the text of one message (RFC 9051 §6.4.4). Needles come folded (`CaseFolding`).
package struct MessageSearch {
    /// Bytes of a part that are read and decoded at once: what a search holds, whatever the message's size.
    package static let window = 1 << 20
    /// Decoded bytes that are looked at again with the next window: longer needles may be missed across the seam.
    private static let overlap = 4 << 10

    private let message: ParsedMessage
    private let size: Int
    private let read: (Range<Int>) throws -> ArraySlice<UInt8>

    package init(_ bytes: [UInt8], _ message: ParsedMessage) {
        self.init(message, size: bytes.count) { bytes[$0] }
    }

    /// For messages that are not in memory; `read` gets ranges inside of `size`.
    package init(_ message: ParsedMessage, size: Int, read: @escaping (Range<Int>) throws -> ArraySlice<UInt8>) {
        self.message = message
        self.size = size
        self.read = read
    }

    /// HEADER, SUBJECT, FROM and their like; an empty needle asks whether there is such a field at all.
    package func header(_ name: String, contains needle: [UInt8]) -> Bool {
        message.header.all(name).contains { ByteSearch.contains(CaseFolding.fold($0.decoded), needle) }
    }

    package func eachText(ofHeader name: String, _ body: ([UInt8]) -> Void) {
        for field in message.header.all(name) { body(CaseFolding.fold(field.decoded)) }
    }

    /// BODY: the text of the message, decoded; what is not text is not searched.
    package func body(contains needle: [UInt8]) throws -> Bool {
        var headers = HeaderNeedle(needle)
        return try message.parts.contains { part in
            try isEmbeddedRoot(part) && has(part, &headers) || part.kind == .leaf && contains(part, needle)
        }
    }

    /// TEXT: every header and the body.
    package func text(contains needle: [UInt8]) throws -> Bool {
        var headers = HeaderNeedle(needle)
        return try message.parts.contains { part in
            try has(part, &headers) || part.kind == .leaf && contains(part, needle)
        }
    }

    private func isEmbeddedRoot(_ part: Part) -> Bool {
        part.parent.flatMap { message.part(index: $0) }?.kind == .message
    }

    /// What is looked for in headers, and the scan that spares most of them.
    private struct HeaderNeedle {
        let needle: [UInt8]
        private let plain: PlainScan.Needle
        private var scan = PlainScan()

        init(_ needle: [UInt8]) {
            self.needle = needle
            plain = PlainScan.Needle(needle)
        }

        mutating func isSpared(_ header: ArraySlice<UInt8>) -> Bool {
            header.withUnsafeBytes { scan.load(header: $0) }
            return scan.lacks(plain, in: .headersToo)
        }
    }

    private func has(_ part: Part, _ headers: inout HeaderNeedle) throws -> Bool {
        if part.headerRange.upperBound <= size, headers.isSpared(try read(part.headerRange)) { return false }
        return part.header.fields.contains { field in
            !headers.isSpared(field.raw) && ByteSearch.contains(Self.text(of: field), headers.needle)
        }
    }

    private static func text(of field: HeaderField) -> [UInt8] {
        CaseFolding.fold(field.nameText + ": " + field.decoded)
    }

    private func contains(_ part: Part, _ needle: [UInt8]) throws -> Bool {
        try hasWindow(part) { ByteSearch.contains($0, needle) }
    }

    /// The decoded and folded text of a part, window by window, until `body` says true.
    private func hasWindow(_ part: Part, where body: ([UInt8]) throws -> Bool) throws -> Bool {
        guard part.mediaType.isText || part.mediaType.type == "message", part.bodyRange.upperBound <= size else {
            return false
        }
        var decoder = TransferDecoder(part.transferEncoding)
        var text: [UInt8] = []
        var offset = part.bodyRange.lowerBound
        while offset < part.bodyRange.upperBound {
            let end = min(part.bodyRange.upperBound, offset + Self.window)
            text += decoder.consume(try read(offset..<end))
            offset = end
            if offset == part.bodyRange.upperBound { text += decoder.finish() }
            if try body(CaseFolding.fold(text, charset: part.mediaType.charset)) { return true }
            text.removeFirst(Self.searched(text))
        }
        return false
    }

    /// Everything the questions above look into, piece by piece: for an index of it.
    package func eachText(_ body: (SearchedPlace, [UInt8]) throws -> Void) throws {
        for part in message.parts {
            let place: SearchedPlace = isEmbeddedRoot(part) ? .body : .header
            for field in part.header.fields { try body(place, Self.text(of: field)) }
            guard part.kind == .leaf else { continue }
            _ = try hasWindow(part) { text in
                try body(.body, text)
                return false
            }
        }
    }

    /// What need not be looked at again: up to a line's end, where every charset begins anew.
    private static func searched(_ text: [UInt8]) -> Int {
        guard text.count > overlap else { return 0 }
        let end = text.count - overlap
        return text[..<end].lastIndex(of: 0x0a).map { $0 + 1 } ?? end
    }
}

/// Where a text of a message stands: what BODY looks into, and what only TEXT and HEADER do.
package enum SearchedPlace: Sendable { case header, body }

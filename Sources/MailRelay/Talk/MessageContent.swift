package import MailStore

/// What follows DATA: octets that can be read several times, from the store, from memory, or one after the other.
package struct MessageContent: Sendable {
    private enum Piece: Sendable {
        case bytes([UInt8])
        case body(MessageBodyReader, from: Int64, size: Int64)

        var size: Int64 {
            switch self {
            case .bytes(let bytes): Int64(bytes.count)
            case .body(_, _, let size): size
            }
        }

        func slice(_ range: Range<Int64>) -> Piece {
            switch self {
            case .bytes(let bytes): .bytes(Array(bytes.dropFirst(Int(range.lowerBound)).prefix(range.count)))
            case .body(let body, let from, _):
                .body(body, from: from + range.lowerBound, size: range.upperBound - range.lowerBound)
            }
        }
    }

    private var pieces: [Piece] = []
    package private(set) var size: Int64 = 0

    private init() {}

    package init(_ bytes: [UInt8]) { append(.bytes(bytes)) }

    /// A stored body from `offset` on: our own Return-Path line is not sent.
    package init(_ body: MessageBodyReader, from offset: Int64 = 0) {
        let start = min(max(0, offset), body.size)
        append(.body(body, from: start, size: body.size - start))
    }

    /// The same below some header fields.
    package func below(_ fields: [UInt8]) -> MessageContent {
        var result = MessageContent(fields)
        for piece in pieces { result.append(piece) }
        return result
    }

    /// At least one octet and at most `count` from `offset`; none at the end alone.
    package func read(at offset: Int64, count: Int) async throws(StoreError) -> [UInt8] {
        var start = max(0, offset)
        for piece in pieces {
            guard start >= piece.size else { return try await Self.read(piece, at: start, count: count) }
            start -= piece.size
        }
        return []
    }

    /// From the first to the last.
    func eachChunk(_ body: ([UInt8]) -> Void) async throws(StoreError) {
        var offset: Int64 = 0
        while offset < size {
            let chunk = try await read(at: offset, count: Self.chunkSize)
            offset += Int64(chunk.count)
            body(chunk)
        }
    }

    /// A part of it, without reading it.
    func slice(_ range: Range<Int64>) -> MessageContent {
        var result = MessageContent()
        var start: Int64 = 0
        for piece in pieces {
            let wanted = range.clamped(to: start..<(start + piece.size))
            if !wanted.isEmpty { result.append(piece.slice((wanted.lowerBound - start)..<(wanted.upperBound - start))) }
            start += piece.size
        }
        return result
    }

    static func joining(_ parts: [MessageContent]) -> MessageContent {
        var result = MessageContent()
        for part in parts { part.pieces.forEach { result.append($0) } }
        return result
    }

    private static func read(_ piece: Piece, at start: Int64, count: Int) async throws(StoreError) -> [UInt8] {
        let wanted = min(Int64(max(1, count)), piece.size - start)
        switch piece {
        case .bytes(let bytes):
            if wanted == bytes.count { return bytes }
            return Array(bytes.dropFirst(Int(start)).prefix(Int(wanted)))
        case .body(let body, let from, _):
            let found = try await body.read(at: from + start, count: Int(wanted))
            guard !found.isEmpty else { throw .damaged(file: "", detail: "a message body is shorter than it was") }
            return found
        }
    }

    private mutating func append(_ piece: Piece) {
        guard piece.size > 0 else { return }
        pieces.append(piece)
        size += piece.size
    }
}

import MailMessage
package import MailStore

/// A message between its reception and its delivery: what filters have changed is kept beside it, and only a changed one is
/// written anew. In memory are its header and one piece of its body.
package struct MessageDraft: Sendable {
    package static let pieceSize = MilterPacket.largestChunk

    /// Our own fields on top, which no filter sees.
    package private(set) var trace: [UInt8]
    package var header: HeaderBlock {
        didSet { isChanged = true }
    }
    package private(set) var isChanged = false

    private let store: MailStore
    private let original: StorableMessage
    private var body: StorableMessage
    private var bodyStart: Int64

    /// The first `traceSize` octets are our own.
    package init(of message: StorableMessage, traceSize: Int, in store: MailStore) async throws(DraftError) {
        self.store = store
        original = message
        body = message
        let reader = try await DraftError.wrap { () throws(StoreError) in try await store.open(message.body) }
        trace = try await DraftError.wrap { () throws(StoreError) in try await reader.read(at: 0, count: traceSize) }
        (header, bodyStart) = try await Self.readHeader(reader, from: Int64(trace.count))
    }

    private static func readHeader(
        _ reader: MessageBodyReader, from start: Int64
    ) async throws(DraftError) -> (HeaderBlock, Int64) {
        var splitter = HeaderSplitter()
        var place = start
        while splitter.header == nil {
            let piece = try await DraftError.wrap { [place] () throws(StoreError) in
                try await reader.read(at: place, count: pieceSize)
            }
            if piece.isEmpty { break }
            guard let taken = splitter.consume(piece) else { throw .headerTooLarge }
            place += Int64(taken)
        }
        return (splitter.finish(), place)
    }

    package func bodyPieces() async throws(StoreError) -> BodyPieces {
        BodyPieces(try await store.open(body.body), from: bodyStart)
    }

    func makeSpool() -> MessageSpool { store.makeSpool() }

    /// Its first line is the Return-Path (RFC 5321 §4.4).
    mutating func setReturnPath(_ path: String) {
        guard let end = trace.firstIndex(of: 0x0a) else { return }
        trace.replaceSubrange(...end, with: "Return-Path: \(path)\r\n".utf8)
        isChanged = true
    }

    package mutating func replaceBody(_ new: StorableMessage) {
        body = new
        bodyStart = 0
        header.separate()
        isChanged = true
    }

    /// The message as it is now, durable where it is a file.
    package func finish() async throws(StoreError) -> StorableMessage {
        guard isChanged else {
            try await store.synchronise(original)
            return original
        }
        let spool = store.makeSpool()
        try await spool.append(trace)
        try await spool.append(header.bytes)
        var pieces = try await bodyPieces()
        while let piece = try await pieces.next() { try await spool.append(piece) }
        return try await spool.finish()
    }
}

package enum DraftError: Error, Sendable, Equatable {
    case headerTooLarge
    case store(StoreError)

    fileprivate static func wrap<Value>(
        _ body: () async throws(StoreError) -> Value
    ) async throws(DraftError) -> Value {
        do { return try await body() } catch { throw .store(error) }
    }
}

package import MailStore

/// The body of a draft from its beginning, piece by piece.
package struct BodyPieces {
    private let reader: MessageBodyReader
    private var place: Int64

    init(_ reader: MessageBodyReader, from place: Int64) {
        self.reader = reader
        self.place = place
    }

    /// Nil at the end.
    package mutating func next() async throws(StoreError) -> [UInt8]? {
        let piece = try await reader.read(at: place, count: MessageDraft.pieceSize)
        place += Int64(piece.count)
        return piece.isEmpty ? nil : piece
    }
}

/// Why a compressed conversation cannot go on.
enum CompressionError: Error, Equatable {
    /// Not deflate, or its end: a conversation has none (RFC 4978 §4).
    case badData
    case outOfMemory
}

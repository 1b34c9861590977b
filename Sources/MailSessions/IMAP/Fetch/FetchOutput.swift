import MailMessage
import MailStore
import MailWire

/// Replies on their way to the client: bytes, with stretches of files between them.
struct FetchOutput: Sendable {
    enum Piece: Sendable {
        case bytes([UInt8])
        case file(OpenFile, Range<Int>)
        /// A message whose body is a file: to be encoded in the blocking pool.
        case large(LargeMessage)
    }

    private(set) var pieces: [Piece] = []
    /// Of pieces that are bytes.
    private(set) var endedBytes = 0
    var writer: ReplyWriter

    init(encoding: MailboxEncoding, namesUIDs: Bool) {
        writer = ReplyWriter(encoding: encoding)
        writer.namesUIDs = namesUIDs
    }

    mutating func append(_ piece: Piece) {
        endPiece()
        pieces.append(piece)
    }

    mutating func endPiece() {
        guard writer.count > 0 else { return }
        endedBytes += writer.count
        pieces.append(.bytes(writer.take()))  // the same writer: it may be in the middle of a response
    }
}

/// What is known of a message before its body file is opened.
struct LargeMessage: Sendable {
    let message: FetchedMessage
    let path: String
    let size: Int64
}

/// One message as FETCH found it.
struct FetchedMessage: Sendable {
    let number: SequenceNumber
    var row: MessageRow
    let isRecent: Bool
    /// \Seen was set by this very FETCH: the client is told though it did not ask.
    var flagsChanged = false
    var envelope: [UInt8] = []
    var bodyStructure: [UInt8] = []
    var preview: String?
    var emailID = ""
    var threadID = ""
}

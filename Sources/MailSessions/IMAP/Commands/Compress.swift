import MailTransport
import MailWire

/// COMPRESS=DEFLATE (RFC 4978). It stays on when the client logs out with UNAUTHENTICATE: the connection is the same.
extension IMAPSession {
    func compress(_ algorithm: String) throws -> IMAPReply {
        guard algorithm.uppercased() == "DEFLATE" else {
            throw IMAPFailure.bad("Only DEFLATE is known here")
        }
        guard !connection.isCompressed else { throw IMAPFailure.no("It is on already", code: .compressionActive) }
        // Which of it would be compressed, nobody could tell.
        guard !connection.hasBufferedInput else { throw IMAPFailure.bad("Wait for the answer to COMPRESS") }
        startsCompression = true
        return .ok("Compress now")
    }

    /// After the OK.
    func beginCompression() throws {
        startsCompression = false
        try connection.startCompression()
    }
}

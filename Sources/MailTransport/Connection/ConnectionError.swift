/// Why a connection gave no input. After `lineTooLong` alone the session may go on.
package enum ConnectionError: Error, Sendable, Equatable {
    /// The line was longer than its limit; it has been read to its end and forgotten but for its ends.
    case lineTooLong(DroppedLine)
    /// Still no end of line after `Connection.longestDrain` octets: say so and close.
    case endlessLine
    /// Nothing came, or nothing was taken, within the idle time.
    case timedOut
    /// What was begun was not over within its time, or its octets came too slowly.
    case tooSlow
    /// The peer reset the connection or the network failed.
    case reset
    /// Something was pipelined behind STARTTLS (RFC 3207 §4.2, CVE-2011-0411): it is forgotten; close.
    case plaintextAfterSTARTTLS
    case tls(String)
    /// What the peer sent is not compressed as agreed.
    case badCompression
    /// The server stops and this session waits for a command: say so and close.
    case draining
    /// The account may not be used any more: end as soon as you can.
    case dismissed
    /// This side closed the connection.
    case closed
    /// A dialled connection could not be made.
    case connectFailed(String)
}

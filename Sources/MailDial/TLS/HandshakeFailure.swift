/// Why no encrypted session came about.
package enum HandshakeFailure: Error, Sendable, Equatable {
    /// The other side does not speak TLS: its first bytes.
    case plaintext([UInt8])
    /// The other side refused, with the alert's name (RFC 8446 §6) or OpenSSL's reason.
    case refused(String)
    case lost(DialFailure)
    /// The other side began, and then said no more in time.
    case stalled

    package var words: String {
        switch self {
        case .plaintext: "the answer is not TLS"
        case .refused(let reason): reason
        case .lost(let failure): failure.words
        case .stalled: "it stopped half-way"
        }
    }
}

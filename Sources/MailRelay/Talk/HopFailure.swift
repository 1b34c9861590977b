/// Why no mail could be given to one address of a hop: there may be another address, another hop, or a later time.
package struct HopFailure: Error, Sendable, Equatable {
    /// How far it went.
    package enum Stage: String, Sendable { case connect, greeting, hello, startTLS, login }

    package var stage: Stage
    /// For the recipients, the log and the trail; always of class 4.
    package var reply: HopReply
    /// What to report about TLS (RFC 8460).
    package var tlsFault: TLSFault?

    package init(_ stage: Stage, _ reply: HopReply, tlsFault: TLSFault? = nil) {
        self.stage = stage
        self.reply = reply
        self.tlsFault = tlsFault
    }

    /// The host is there, and does not show what this way asks of it; others' mail may go to it.
    var isDemand: Bool { stage == .startTLS || stage == .login }
}

/// RFC 8460 §4.3: what a handshake that failed is counted as.
package enum TLSFault: String, Sendable, Hashable, CaseIterable {
    case startTLSNotSupported = "starttls-not-supported"
    case hostMismatch = "certificate-host-mismatch"
    case expired = "certificate-expired"
    case notTrusted = "certificate-not-trusted"
    case validationFailure = "validation-failure"
    /// No TLSA record fits the certificate.
    case tlsaInvalid = "tlsa-invalid"
}

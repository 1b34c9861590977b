package import MailTransport

/// The client's TLS contexts, each made once: reading the system's authorities takes longer than a delivery.
package struct RelayTLS: Sendable {
    /// RFC 7435: whoever answers, with whatever he can do.
    let opportunistic: TLSClientContext
    /// Whoever answers, with TLS of today.
    let encrypted: TLSClientContext
    let verified: TLSClientContext
    let dane: TLSClientContext

    /// `authorities`: the system's, or those of a file.
    package init(authorities: TLSClientContext.Trust = .system) throws(TLSError) {
        opportunistic = try TLSClientContext(trust: .anyoneAtAll)
        encrypted = try TLSClientContext(trust: .anyone)
        verified = try TLSClientContext(trust: authorities)
        dane = try TLSClientContext(trust: .records)
    }
}

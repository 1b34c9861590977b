import COpenSSL

package struct TLSError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String
    /// The alert of the other side that ended it (RFC 8446 §6.2).
    let alert: UInt8?

    package init(_ description: String) { self.init(description, alert: nil) }

    private init(_ description: String, alert: UInt8?) {
        self.description = description
        self.alert = alert
    }

    /// What was tried, and what OpenSSL's error queue says; the queue is empty afterwards.
    static func fromQueue(_ what: String) -> TLSError {
        var text = what
        var seen: [String] = []
        var alert: UInt8?
        while case let code = ERR_get_error(), code != 0 {
            let reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
            if !seen.contains(reason) { seen.append(reason) }
            alert = alert ?? Self.alert(in: code)
        }
        if !seen.isEmpty { text += ": " + seen.joined(separator: ": ") }
        return TLSError(text, alert: alert)
    }

    /// OpenSSL's reasons from 1,000 on are alerts that were received.
    private static func alert(in code: UInt) -> UInt8? {
        guard openssl_error_library(code) == ERR_LIB_SSL else { return nil }
        return UInt8(exactly: openssl_error_reason(code) - SSL_AD_REASON_OFFSET)
    }
}

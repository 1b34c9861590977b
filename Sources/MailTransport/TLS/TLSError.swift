import COpenSSL

package struct TLSError: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }

    /// What was tried, and what OpenSSL's error queue says; the queue is empty afterwards.
    static func fromQueue(_ what: String) -> TLSError {
        var text = what
        var seen: [String] = []
        while case let code = ERR_get_error(), code != 0 {
            let reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
            if !seen.contains(reason) { seen.append(reason) }
        }
        if !seen.isEmpty { text += ": " + seen.joined(separator: ": ") }
        return TLSError(text)
    }
}

/// First lines of clients that have come to the wrong door: a browser, a scanner, TLS on a plaintext port.
package enum ForeignProtocol: String, Sendable {
    case tls, ssh, http

    /// RFC 9112 §3: `method SP target SP HTTP/1.1`; RFC 4253 §4.2: `SSH-2.0-`; RFC 8446 §5.1: a handshake record.
    package init?(in line: [UInt8]) {
        if line.starts(with: [0x16, 0x03]) {
            self = .tls
        } else if line.starts(with: "SSH-".utf8) {
            self = .ssh
        } else if Self.isRequest(line) {
            self = .http
        } else {
            return nil
        }
    }

    private static func isRequest(_ line: [UInt8]) -> Bool {
        let words = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count == 3, let first = words.first, let last = words.last else { return false }
        return last.starts(with: "HTTP/".utf8) && !first.isEmpty && first.allSatisfy { (0x41...0x5a).contains($0) }
    }
}

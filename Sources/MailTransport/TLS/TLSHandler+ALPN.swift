import COpenSSL

/// ALPN (RFC 7301). The contexts are shared by all services, so the choice is made by the connection's handler.
extension TLSHandler {
    static let selectProtocol: SSL_CTX_alpn_select_cb_func = { ssl, chosen, chosenLength, offered, count, _ in
        guard let handler = TLSHandler.behind(SSL_get_rbio(ssl)), !handler.protocols.isEmpty, let offered else {
            return SSL_TLSEXT_ERR_NOACK
        }
        let list = UnsafeBufferPointer(start: offered, count: Int(count))
        guard let match = handler.firstMatch(in: list), let start = list.baseAddress else {
            return SSL_TLSEXT_ERR_ALERT_FATAL  // no_application_protocol, 120
        }
        chosen?.pointee = start + match.lowerBound
        chosenLength?.pointee = UInt8(truncatingIfNeeded: match.count)
        return SSL_TLSEXT_ERR_OK
    }

    /// The place of our most preferred protocol in the client's list of length-prefixed names.
    private func firstMatch(in offered: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        for wanted in protocols {
            var index = 0
            while index < offered.count {
                let start = index + 1
                let end = start + Int(offered[index])
                guard end <= offered.count else { return nil }
                if offered[start..<end].elementsEqual(wanted) { return start..<end }
                index = end
            }
        }
        return nil
    }

    /// Names of more than 255 octets do not exist in ALPN and are left out.
    static func wireFormat(_ names: [String]) -> [UInt8] {
        names.flatMap { name in UInt8(exactly: name.utf8.count).map { [$0] + Array(name.utf8) } ?? [] }
    }
}

import MailNetwork

/// The header of PROXY protocol version 2 (haproxy.org, proxy-protocol.txt §2.2): whom the proxy speaks for.
struct ProxyHeader: Sendable, Equatable {
    enum Outcome: Equatable {
        case incomplete
        case header(ProxyHeader, length: Int)
        case invalid(String)
    }

    /// nil when the proxy speaks for itself (LOCAL) or does not know: the socket's own addresses count.
    var source: PeerAddress?
    var destination: PeerAddress?

    static let signature: [UInt8] = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a]
    private static let fixedLength = 16
    /// Addresses take 216 octets at most; the rest is room for extensions, which are skipped.
    static let longestRest = 4096

    static func parse(_ bytes: [UInt8]) -> Outcome {
        guard bytes.prefix(signature.count).elementsEqual(signature.prefix(bytes.count)) else {
            return .invalid("not a PROXY v2 header")
        }
        guard bytes.count >= fixedLength else { return .incomplete }
        let (versionAndCommand, family) = (bytes[12], bytes[13])
        let rest = Int(bytes[14]) << 8 | Int(bytes[15])
        guard versionAndCommand >> 4 == 2 else { return .invalid("PROXY version \(versionAndCommand >> 4)") }
        guard rest <= longestRest else { return .invalid("PROXY header of \(rest) octets") }
        guard bytes.count >= fixedLength + rest else { return .incomplete }
        let body = bytes[fixedLength..<(fixedLength + rest)]
        guard let header = header(command: versionAndCommand & 15, family: family, body) else {
            return .invalid("PROXY command, family or length is wrong")
        }
        return .header(header, length: fixedLength + rest)
    }

    private static func header(command: UInt8, family: UInt8, _ body: ArraySlice<UInt8>) -> ProxyHeader? {
        switch (command, family) {
        case (0, _): ProxyHeader()  // LOCAL: whatever family stands there is ignored
        case (1, 0x11): addresses(body, length: 4)  // TCP over IPv4
        case (1, 0x21): addresses(body, length: 16)  // TCP over IPv6
        case (1, 0x00), (1, 0x31): ProxyHeader()  // unknown, Unix socket
        default: nil
        }
    }

    private static func addresses(_ body: ArraySlice<UInt8>, length: Int) -> ProxyHeader? {
        guard body.count >= 2 * length + 4 else { return nil }
        let ports = Array(body.dropFirst(2 * length).prefix(4))
        guard let source = IPAddress(bytes: body.prefix(length)),
            let destination = IPAddress(bytes: body.dropFirst(length).prefix(length))
        else { return nil }
        return ProxyHeader(
            source: PeerAddress(ip: source, port: UInt16(ports[0]) << 8 | UInt16(ports[1])),
            destination: PeerAddress(ip: destination, port: UInt16(ports[2]) << 8 | UInt16(ports[3])))
    }
}

struct ProxyHeaderError: Error { let reason: String }

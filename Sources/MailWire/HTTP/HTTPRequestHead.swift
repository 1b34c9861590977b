/// Request line and fields; strict where leniency would let two readers see two requests (RFC 9112 §11.2).
package struct HTTPRequestHead: Sendable, Equatable {
    package let method: HTTPMethod
    package let target: HTTPTarget
    /// HTTP/1.0 otherwise: the connection closes after the answer.
    package let isHTTP11: Bool
    package private(set) var fields = HTTPFields()
    private var size = 0

    /// RFC 9112 §3; the line without its end.
    package init(line: [UInt8]) throws(HTTPRefusal) {
        let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3, let verb = String(validating: words[0], as: UTF8.self), !verb.isEmpty,
            words[0].allSatisfy(\.isTokenOctet), words[1].allSatisfy({ $0 > 0x20 && $0 < 0x7f }),
            let text = String(validating: words[1], as: UTF8.self)
        else { throw .malformed("This is no request of HTTP/1.1.") }
        isHTTP11 = try Self.isHTTP11(Array(words[2]))
        guard let known = HTTPMethod(rawValue: verb) else {
            throw HTTPRefusal(.notImplemented, "This site knows GET, HEAD, POST and OPTIONS.")
        }
        (method, target) = (known, try HTTPTarget(text))
    }

    private static func isHTTP11(_ version: [UInt8]) throws(HTTPRefusal) -> Bool {
        guard version.count == 8, version.starts(with: Array("HTTP/".utf8)), version[6] == 0x2e,
            version[5].isASCIIDigit, version[7].isASCIIDigit
        else { throw .malformed("This is no request of HTTP/1.1.") }
        guard version[5] == 0x31 else { throw HTTPRefusal(.versionNotSupported, "This site speaks HTTP/1.1.") }
        return version[7] != 0x30
    }

    /// One field line (RFC 9112 §5). A line that goes on the one before, or a space before the colon, is refused.
    package mutating func add(line: [UInt8]) throws(HTTPRefusal) {
        size += line.count
        guard fields.count < HTTPWireLimits.mostFields, size <= HTTPWireLimits.largestHead else {
            throw HTTPRefusal(.fieldsTooLarge, "The request has too many header fields.")
        }
        guard let colon = line.firstIndex(of: 0x3a), colon > 0, line[..<colon].allSatisfy(\.isTokenOctet) else {
            throw .malformed("A header field has no name.")
        }
        let content = line[(colon + 1)...]
        guard !content.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) else {
            throw .malformed("A header field has characters that none may have.")
        }
        // RFC 9110 §5.5: what is no UTF-8, such as a cookie of a neighbour, is opaque.
        let value =
            String(validating: content, as: UTF8.self)
            ?? String(String.UnicodeScalarView(content.map { Unicode.Scalar($0) }))
        fields.add(String(decoding: line[..<colon], as: UTF8.self), value.trimmedSpaces)
    }

    /// RFC 9112 §3.2: exactly one Host in HTTP/1.1, and a target that names a host names the same.
    package func check() throws(HTTPRefusal) {
        let hosts = fields.values("Host")
        guard hosts.count == 1 || (hosts.isEmpty && !isHTTP11) else { throw .malformed("A request names one host.") }
        guard hosts.allSatisfy(Self.isHost) else { throw .malformed("The host is no name.") }
        guard let named = target.authority?.asciiLowercased, let host = hosts.first?.asciiLowercased else { return }
        guard named == host else { throw .malformed("The request names two hosts.") }
    }

    /// RFC 3986 §3.2.2, as far as there are certificates for it: a name or an address, and perhaps a port.
    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                $0.isASCIILetter || $0.isASCIIDigit || [0x2d, 0x2e, 0x5f, 0x3a, 0x5b, 0x5d].contains($0)
            }
    }

    /// Without the port, in lower case.
    package var host: String? {
        guard let text = fields["Host"]?.asciiLowercased, !text.isEmpty else { return nil }
        if text.hasPrefix("[") { return text.firstIndex(of: "]").map { String(text[...$0]) } }
        return text.pieces(at: 0x3a).first
    }

    /// Whether the client wants another request on this connection.
    package var keepsAlive: Bool { isHTTP11 && !fields.members("Connection").contains("close") }

    package var expectsContinue: Bool { isHTTP11 && fields["Expect"]?.asciiLowercased == "100-continue" }
}

extension UInt8 {
    /// RFC 9110 §5.6.2.
    var isTokenOctet: Bool {
        isASCIILetter || isASCIIDigit || Array("!#$%&'*+-.^_`|~".utf8).contains(self)
    }
}

/// How a request's body is delimited (RFC 9112 §6.3). Whatever could be read in two ways is refused.
package enum HTTPBodyLength: Sendable, Equatable {
    case known(Int)
    case chunked

    package init(_ head: HTTPRequestHead) throws(HTTPRefusal) {
        let lengths = head.fields.values("Content-Length")
        let codings = head.fields.members("Transfer-Encoding")
        guard head.fields.values("Transfer-Encoding").isEmpty else {
            guard lengths.isEmpty, head.isHTTP11 else {
                throw .malformed("The request says in two ways how long it is.")
            }
            guard codings == ["chunked"] else { throw HTTPRefusal(.notImplemented, "Only chunked is taken.") }
            self = .chunked
            return
        }
        guard let first = lengths.first else {
            self = .known(0)
            return
        }
        guard lengths.count == 1, let length = Self.number(first.utf8, radix: 10) else {
            throw .malformed("The length of the request is no number.")
        }
        self = .known(length)
    }

    /// RFC 9112 §7.1: the size of a chunk; extensions are left out, and spaces may stand before them alone.
    package static func chunkSize(_ line: [UInt8]) throws(HTTPRefusal) -> Int {
        let end = line.firstIndex(of: 0x3b)
        var digits = line[..<(end ?? line.endIndex)]
        if end != nil { while let last = digits.last, last == 0x20 || last == 0x09 { digits.removeLast() } }
        guard let size = number(digits, radix: 16) else { throw .malformed("A chunk has no size.") }
        return size
    }

    /// Digits and nothing else.
    private static func number(_ octets: some Collection<UInt8>, radix: Int) -> Int? {
        guard !octets.isEmpty, octets.count <= mostDigits, octets.allSatisfy(\.isHexadecimalDigit) else { return nil }
        return Int(String(decoding: octets, as: UTF8.self), radix: radix)
    }

    /// More would be no number of this machine's, and no size that is taken here.
    private static let mostDigits = 15
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        isASCIIDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }
}

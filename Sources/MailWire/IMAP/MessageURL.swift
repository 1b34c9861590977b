/// The URL of a message or of a piece of one, as CATENATE takes it (RFC 4469 §3, RFC 5092 §11):
///
///     imessagepart = enc-mailbox [";UIDVALIDITY=" nz-number] "/;UID=" nz-number ["/;SECTION=" enc-section]
///                    ["/;PARTIAL=" number ["." nz-number]]
///
/// Absolute, or relative to the server, or to the selected mailbox. What authorizes others (URLAUTH) is not taken.
package struct MessageURL: Sendable, Equatable {
    package enum Place: Sendable, Equatable {
        /// From the server's root.
        case absolute(String)
        /// Beside the selected mailbox.
        case relative(String)
        case selected
    }

    /// Nil in URLs that name no server.
    package let server: Server?
    package let place: Place
    package let uidValidity: UInt32?
    package let uid: UInt32
    package let section: BodySection

    package struct Server: Sendable, Equatable {
        package let user: String?
        package let host: String
    }

    /// Nil for whatever is no such URL.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count <= IMAPLimits.urlLength, bytes.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
        var rest = bytes[...]
        let hasScheme = rest.dropPrefix("imap:")
        var server: Server?
        if rest.dropPrefix("//") {
            let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            guard let named = Server(rest[..<end]) else { return nil }
            server = named
            rest = rest[end...]
        } else if hasScheme {
            return nil
        }
        guard let path = Path(rest), server == nil || path.isAbsolute else { return nil }
        self.server = server
        place = path.place
        uidValidity = path.uidValidity
        uid = path.uid
        section = path.section
    }
}

extension MessageURL.Server {
    // iserver = [iuserinfo "@"] host [":" port] ;  iuserinfo = enc-user [";AUTH=" ("*" / enc-auth-type)]
    fileprivate init?(_ text: ArraySlice<UInt8>) {
        let pieces = text.split(separator: UInt8(ascii: "@"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let last = pieces.last else { return nil }
        if pieces.count == 2 {
            let name = pieces[0].prefix { $0 != UInt8(ascii: ";") }
            guard let decoded = PercentEncoding.decode(name) else { return nil }
            user = decoded.isEmpty ? nil : decoded
        } else {
            user = nil
        }
        var host = last
        if let colon = last.lastIndex(of: UInt8(ascii: ":")), last[(colon + 1)...].allSatisfy(ByteClass.digit.contains)
        {
            host = last[..<colon]
        }
        guard let decoded = PercentEncoding.decode(host), !decoded.isEmpty else { return nil }
        self.host = decoded.lowercased()
    }
}

/// What stands behind the server.
private struct Path {
    let place: MessageURL.Place
    var uidValidity: UInt32?
    var uid: UInt32 = 0
    var section = BodySection(peek: true)

    var isAbsolute: Bool { if case .absolute = place { true } else { false } }

    init?(_ text: ArraySlice<UInt8>) {
        var pieces = text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)[...]
        guard let head = pieces.popFirst(), let place = Self.place(head) else { return nil }
        self.place = place
        var stage = 0
        while let piece = pieces.popFirst() {
            // The slash before the next parameter belongs to that.
            let isSeparated = piece.last == UInt8(ascii: "/")
            guard pieces.isEmpty != isSeparated else { return nil }
            guard let next = take(isSeparated ? piece.dropLast() : piece), next > stage else { return nil }
            stage = next
        }
        guard uid > 0 else { return nil }
    }

    private static func place(_ head: ArraySlice<UInt8>) -> MessageURL.Place? {
        if head.isEmpty { return .selected }
        let isAbsolute = head.first == UInt8(ascii: "/")
        var name = isAbsolute ? head.dropFirst() : head
        if name.last == UInt8(ascii: "/") { name = name.dropLast() }
        if isAbsolute, name.isEmpty { return .selected }
        guard let decoded = PercentEncoding.decode(name), !decoded.isEmpty else { return nil }
        // RFC 3986 §4.2: with a colon in its first segment it would be a URL of another scheme.
        if !isAbsolute, name.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ":")) { return nil }
        return isAbsolute ? .absolute(decoded) : .relative(decoded)
    }

    /// The order of the parameter among the others; nil when it is none.
    private mutating func take(_ piece: ArraySlice<UInt8>) -> Int? {
        guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let value = piece[(equals + 1)...]
        switch piece[..<equals].asciiUppercasedText {
        case "UIDVALIDITY":
            guard let number = Self.number(value), number > 0 else { return nil }
            uidValidity = number
            return 1
        case "UID":
            guard let number = Self.number(value), number > 0 else { return nil }
            uid = number
            return 2
        case "SECTION":
            guard !value.isEmpty, let text = PercentEncoding.decode(value), let found = BodySection(urlText: text)
            else { return nil }
            section = found
            return 3
        case "PARTIAL":
            guard let partial = Self.partial(value) else { return nil }
            section = BodySection(path: section.path, content: section.content, partial: partial, peek: true)
            return 4
        default: return nil
        }
    }

    private static func number(_ text: ArraySlice<UInt8>) -> UInt32? {
        UInt64(decimal: text).flatMap { UInt32(exactly: $0) }
    }

    // partial-range = number ["." nz-number]
    private static func partial(_ text: ArraySlice<UInt8>) -> Partial? {
        let pieces = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(pieces.count), let offset = UInt64(decimal: pieces[0]) else { return nil }
        guard pieces.count == 2 else { return Partial(offset: offset, count: .max) }
        guard let count = UInt64(decimal: pieces[1]), count > 0 else { return nil }
        return Partial(offset: offset, count: count)
    }
}

extension BodySection {
    /// The section of a URL: what FETCH has between its brackets.
    fileprivate init?(urlText: String) {
        var parser = IMAPParser(Array((urlText + "]").utf8))
        guard let (path, content) = try? parser.lastSectionSpec() else { return nil }
        self.init(path: path, content: content, peek: true)
    }
}

/// `%41` (RFC 3986 §2.1), UTF-8 inside (RFC 5092 §11).
enum PercentEncoding {
    /// Nil for broken escapes and what is no UTF-8.
    static func decode(_ text: some Sequence<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var digits = text.makeIterator()
        while let next = digits.next() {
            guard next == UInt8(ascii: "%") else {
                bytes.append(next)
                continue
            }
            guard let high = digits.next().flatMap(value), let low = digits.next().flatMap(value) else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension ArraySlice<UInt8> {
    /// Without regard to case.
    fileprivate mutating func dropPrefix(_ text: StaticString) -> Bool {
        let matches = text.withUTF8Buffer { wanted in
            count >= wanted.count && zip(self, wanted).allSatisfy { $0.asciiUppercased == $1.asciiUppercased }
        }
        if matches { removeFirst(text.utf8CodeUnitCount) }
        return matches
    }
}

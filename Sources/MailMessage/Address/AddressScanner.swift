/// The lexical pieces of address fields (RFC 5322 §3.2).
struct AddressScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
    /// Whether white space or a comment stands right before.
    var followsSpace: Bool {
        position > 0 && (ByteClass.isSpace(bytes[position - 1]) || bytes[position - 1] == UInt8(ascii: ")"))
    }

    mutating func advance() { position = min(position + 1, bytes.count) }
    mutating func skipSpace() { while let byte = peek, ByteClass.isSpace(byte) { position += 1 } }

    mutating func skipSpaceAndComments() {
        while let byte = peek, ByteClass.isSpace(byte) || byte == UInt8(ascii: "(") {
            if byte == UInt8(ascii: "(") { _ = comment() } else { position += 1 }
        }
    }

    /// Text of a comment, inner parentheses included, backslashes taken away.
    mutating func comment() -> [UInt8]? {
        var text: [UInt8] = []
        var depth = 0
        while let byte = peek {
            position += 1
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { break }
            if byte == UInt8(ascii: "\\"), let escaped = peek {
                text.append(escaped)
                position += 1
            } else if !(byte == UInt8(ascii: "(") && depth == 1) {
                text.append(byte)
            }
        }
        let trimmed = Array(text.trimmingSpace())
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The content of a quoted string; the closing quote may be missing.
    mutating func quotedString() -> [UInt8] {
        var text: [UInt8] = []
        advance()
        while let byte = peek {
            position += 1
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\"), let escaped = peek {
                text.append(escaped)
                position += 1
            } else if byte != 0x0d, byte != 0x0a {
                text.append(byte)
            }
        }
        return text
    }

    /// Anything up to white space or a special; at least one byte. Dots, and specials inside encoded words, belong to it.
    mutating func atom() -> [UInt8] {
        let start = position
        if let end = encodedWordEnd() { position = end } else { advance() }
        while let byte = peek, !ByteClass.isSpace(byte), !Self.isSpecial(byte) {
            if byte == UInt8(ascii: "="), let end = encodedWordEnd() { position = end } else { position += 1 }
        }
        return Array(bytes[start..<position])
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""): true
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "@"): true
        default: false
        }
    }

    /// Mailers leave commas and the like bare in encoded words, against RFC 2047 §5 (3).
    private func encodedWordEnd() -> Int? {
        guard bytes[position...].starts(with: [0x3d, 0x3f]) else { return nil }
        let limit = min(bytes.count, position + Self.encodedWordLength)
        var marks = 0
        var index = position + 2
        while index < limit, !ByteClass.isSpace(bytes[index]) {
            if bytes[index] == UInt8(ascii: "?") {
                marks += 1
                if marks >= 3 { return index + 1 < limit && bytes[index + 1] == UInt8(ascii: "=") ? index + 2 : nil }
            }
            index += 1
        }
        return nil
    }
    private static let encodedWordLength = 1_000

    // angle-addr / obs-angle-addr: "<" [obs-route] addr-spec ">"; ends at a comma where ">" was forgotten.
    mutating func angleAddress() -> MailAddress {
        advance()
        let route = route()
        var local: [UInt8] = []
        var domain: [UInt8]?
        while let byte = peek {
            switch byte {
            case UInt8(ascii: ">"):
                advance()
                return MailAddress(route: route, local: local, domain: domain ?? [])
            case UInt8(ascii: ","):
                return MailAddress(route: route, local: local, domain: domain ?? [])
            case UInt8(ascii: "@"):
                advance()
                if let domain { local += [byte] + domain }
                domain = self.domain()
            case UInt8(ascii: "("): _ = comment()
            case UInt8(ascii: "\""): local += quotedString()
            case _ where ByteClass.isSpace(byte): advance()
            default: local += atom()
            }
        }
        return MailAddress(route: route, local: local, domain: domain ?? [])
    }

    // obs-route = *("," / CFWS) "@" domain *("," ["@" domain]) ":"
    private mutating func route() -> [UInt8]? {
        skipSpaceAndComments()
        guard peek == UInt8(ascii: "@") else { return nil }
        let start = position
        while let byte = peek, byte != UInt8(ascii: ":") {
            if byte == UInt8(ascii: ">") {
                position = start
                return nil
            }
            position += 1
        }
        let route = bytes[start..<position].filter { !ByteClass.isSpace($0) }
        advance()
        return route
    }

    // domain = dot-atom / domain-literal / obs-domain
    mutating func domain() -> [UInt8] {
        var text: [UInt8] = []
        skipSpaceAndComments()
        while let byte = peek {
            if byte == UInt8(ascii: "["), text.isEmpty { return domainLiteral() }
            if ByteClass.isSpace(byte) || byte == UInt8(ascii: "(") {
                let before = self
                skipSpaceAndComments()
                guard peek == UInt8(ascii: ".") || text.last == UInt8(ascii: ".") else {
                    self = before  // a comment behind the domain may hold the name
                    break
                }
            } else if Self.isSpecial(byte) {
                break
            } else {
                text.append(byte)
                position += 1
            }
        }
        return text
    }

    private mutating func domainLiteral() -> [UInt8] {
        let start = position
        while let byte = peek, byte != UInt8(ascii: ">") {
            position += 1
            if byte == UInt8(ascii: "]") { break }
        }
        return bytes[start..<position].filter { !ByteClass.isSpace($0) }
    }
}

/// The pieces of a document, one after the other (XML 1.0 §2).
struct XMLScanner {
    enum Piece: Equatable {
        case open(String, isEmpty: Bool)
        case close(String)
        case text(String)
    }

    private let octets: [UInt8]
    private var place = 0

    init(_ text: String) {
        octets = Array(text.utf8)
        // The mark of UTF-8 is no part of the text.
        if octets.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
    }

    private var first: UInt8? { place < octets.count ? octets[place] : nil }

    /// XMLDecl, at the very beginning. Its encoding can only be the one that we have read.
    mutating func declaration() throws(XMLRefusal) {
        guard take("<?xml"), let next = first else { return }
        guard next.isXMLSpace, let end = find("?>") else { throw XMLRefusal("Its declaration has no end.") }
        guard !octets[place..<end].contains(0x3c) else { throw XMLRefusal("Its declaration has no end.") }
        place = end + 2
    }

    /// nil at the end.
    mutating func next() throws(XMLRefusal) -> Piece? {
        while take("<!--") {
            guard let end = find("--"), end + 2 < octets.count, octets[end + 2] == 0x3e else {
                throw XMLRefusal("A comment has no end.")
            }
            place = end + 3
        }
        guard let first else { return nil }
        guard first == 0x3c else { return .text(try text(upTo: 0x3c)) }
        place += 1
        if take("/") {
            let name = try name()
            skipSpace()
            guard take(">") else { throw XMLRefusal("An end tag has no end.") }
            return .close(name)
        }
        return try open()
    }

    private mutating func open() throws(XMLRefusal) -> Piece {
        let name = try name()
        for _ in 0...XMLLimits.mostAttributes {
            let isApart = skipSpace()
            if take("/>") { return .open(name, isEmpty: true) }
            if take(">") { return .open(name, isEmpty: false) }
            guard isApart else { throw XMLRefusal("A tag has no end.") }
            try attribute()
        }
        throw XMLRefusal("A tag has too many attributes.")
    }

    private mutating func attribute() throws(XMLRefusal) {
        _ = try name()
        skipSpace()
        guard take("=") else { throw XMLRefusal("An attribute has no value.") }
        skipSpace()
        guard let quote = first, quote == 0x22 || quote == 0x27 else { throw XMLRefusal("An attribute has no value.") }
        place += 1
        let start = place
        _ = try text(upTo: quote)
        guard !octets[start..<place].contains(0x3c), first == quote else {
            throw XMLRefusal("An attribute has no end.")
        }
        place += 1
    }

    /// Without its prefix. ASCII alone: so are the names that anybody sends.
    private mutating func name() throws(XMLRefusal) -> String {
        let rest = octets[place...].prefix(XMLLimits.longestName + 1).prefix { $0.isXMLName }
        guard let begins = rest.first, begins.isASCIILetter || begins == 0x5f, rest.count <= XMLLimits.longestName
        else {
            throw XMLRefusal("A name is none.")
        }
        place += rest.count
        let parts = rest.split(separator: 0x3a, omittingEmptySubsequences: false)
        guard parts.count <= 2, let last = parts.last, !last.isEmpty else { throw XMLRefusal("A name is none.") }
        return String(decoding: last, as: UTF8.self)
    }

    private mutating func text(upTo end: UInt8) throws(XMLRefusal) -> String {
        var found: [UInt8] = []
        while let octet = first, octet != end {
            guard octet >= 0x20 || octet.isXMLSpace else { throw XMLRefusal("It has a control character.") }
            if octet == 0x26 {
                found += try reference()
            } else {
                found.append(octet)
                place += 1
            }
        }
        return String(decoding: found, as: UTF8.self)
    }

    /// The five that every document has (§4.6), and characters by number.
    private mutating func reference() throws(XMLRefusal) -> [UInt8] {
        for (name, octet) in Self.named where take(name) { return [octet] }
        guard take("&#") else { throw XMLRefusal("It has an entity.") }
        let isHexadecimal = take("x")
        let digits = octets[place...].prefix(Self.mostDigits + 1).prefix { $0 != 0x3b }
        guard digits.count <= Self.mostDigits, digits.allSatisfy({ $0.isASCIIDigit || $0.isASCIILetter }),
            let value = UInt32(String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : 10),
            value >= 0x20 || [0x09, 0x0a, 0x0d].contains(value), let scalar = Unicode.Scalar(value)
        else { throw XMLRefusal("It has a character that is none.") }
        place += digits.count
        guard take(";") else { throw XMLRefusal("It has a character that is none.") }
        return Array(String(Character(scalar)).utf8)
    }

    private static let named: [(String, UInt8)] = [
        ("&lt;", 0x3c), ("&gt;", 0x3e), ("&amp;", 0x26), ("&quot;", 0x22), ("&apos;", 0x27),
    ]
    private static let mostDigits = 7

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = place
        while let octet = first, octet.isXMLSpace { place += 1 }
        return place > start
    }

    private mutating func take(_ word: String) -> Bool {
        guard octets[place...].starts(with: word.utf8) else { return false }
        place += word.utf8.count
        return true
    }

    private func find(_ word: String) -> Int? { octets[place...].firstRange(of: Array(word.utf8))?.lowerBound }
}

extension UInt8 {
    var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0a || self == 0x0d }
    fileprivate var isXMLName: Bool { isASCIILetter || isASCIIDigit || [0x2d, 0x2e, 0x5f, 0x3a].contains(self) }
}

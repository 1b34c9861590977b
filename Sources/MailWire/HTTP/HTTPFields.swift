/// Header fields in the order they came; names are compared without case (RFC 9110 §5.1).
package struct HTTPFields: Sendable, Equatable {
    package private(set) var all: [(name: String, value: String)] = []

    package init(_ fields: [(String, String)] = []) { all = fields.map { (name: $0.0, value: $0.1) } }

    package static func == (left: HTTPFields, right: HTTPFields) -> Bool {
        left.all.elementsEqual(right.all) { $0 == $1 }
    }

    package var count: Int { all.count }

    package mutating func add(_ name: String, _ value: String) { all.append((name, value)) }

    /// Instead of what has that name.
    package mutating func set(_ name: String, _ value: String) {
        let own = name.asciiLowercased
        all.removeAll { $0.name.asciiLowercased == own }
        add(name, value)
    }

    package func values(_ name: String) -> [String] {
        let name = name.asciiLowercased
        return all.filter { $0.name.asciiLowercased == name }.map(\.value)
    }

    /// The first one.
    package subscript(name: String) -> String? { values(name).first }

    /// The members of a list such as that of Connection or Transfer-Encoding, in lower case (RFC 9110 §5.6.1).
    package func members(_ name: String) -> [String] {
        values(name).flatMap { $0.pieces(at: 0x2c) }.map(\.asciiLowercased).filter { !$0.isEmpty }
    }
}

/// By octets: to Swift's characters a Kelvin sign is a K, and U+037E a semicolon.
extension String {
    /// Without spaces and tabs at both ends.
    var trimmedSpaces: String {
        let isText: (UInt8) -> Bool = { $0 != 0x20 && $0 != 0x09 }
        guard let first = utf8.firstIndex(where: isText), let last = utf8.lastIndex(where: isText) else { return "" }
        return String(decoding: utf8[first...last], as: UTF8.self)
    }

    /// Letters of ASCII alone.
    var asciiLowercased: String {
        String(decoding: utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Between separators of ASCII, without spaces at their ends.
    func pieces(at separator: UInt8, most: Int = .max) -> [String] {
        utf8.split(separator: separator, maxSplits: most, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self).trimmedSpaces }
    }
}

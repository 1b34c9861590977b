/// One field of a header as it stands in the message, with its line ends; or a line there that is no field.
package struct HeaderField: Sendable, Equatable {
    /// With the end of its last line.
    package private(set) var raw: [UInt8]
    /// Nil for a line that is no field: it is kept, and no filter sees it.
    private let colon: Int?

    package init(raw: [UInt8]) {
        self.raw = raw
        colon = Self.colon(in: raw)
    }

    /// A field of a filter's making. Nil for a name that is none (RFC 5322 §2.2).
    package init?(name: [UInt8], value: [UInt8], isSpaced: Bool) {
        guard !name.isEmpty, name.allSatisfy(Self.isNameOctet) else { return nil }
        let blank: [UInt8] = isSpaced ? [] : [0x20]
        self.init(raw: name + [0x3a] + blank + Self.folded(value) + [0x0d, 0x0a])
    }

    package var isField: Bool { colon != nil }

    package var name: ArraySlice<UInt8> {
        guard let colon else { return [] }
        let name = raw[..<colon]
        return name.prefix((name.lastIndex { !Self.isBlank($0) } ?? -1) + 1)
    }

    package func isNamed(_ other: some Collection<UInt8>) -> Bool {
        let name = name
        return isField && name.count == other.count
            && zip(name, other).allSatisfy { Self.lowercased($0) == Self.lowercased($1) }
    }

    /// What stands behind the colon, with line feeds alone as line ends; the blank that usually follows the colon only
    /// when `isSpaced`.
    package func value(isSpaced: Bool) -> [UInt8] {
        guard let colon else { return [] }
        var value = raw[(colon + 1)...]
        while let last = value.last, last == 0x0a || last == 0x0d { value = value.dropLast() }
        if !isSpaced, value.first == 0x20 { value = value.dropFirst() }
        return value.filter { $0 != 0x0d }
    }

    /// The last line of a message may have no end; nothing can follow it then.
    mutating func endLine() {
        if raw.last != 0x0a { raw += [0x0d, 0x0a] }
    }

    private static func colon(in raw: [UInt8]) -> Int? {
        guard let colon = raw.firstIndex(of: 0x3a) else { return nil }
        let name = raw[..<colon]
        guard let last = name.lastIndex(where: { !isBlank($0) }) else { return nil }
        return name[...last].allSatisfy(isNameOctet) ? colon : nil
    }

    /// Every line but the first begins with a blank, or what follows would be a field of its own, or the body.
    private static func folded(_ value: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for (number, line) in lines(of: value).enumerated() {
            if number > 0 {
                if !line.contains(where: { !isBlank($0) }) { continue }
                result += [0x0d, 0x0a] + (line.first.map(isBlank) == true ? [] : [0x09])
            }
            result += line
        }
        return result
    }

    private static func lines(of value: [UInt8]) -> [ArraySlice<UInt8>] {
        value.filter { $0 != 0 && $0 != 0x0d }.split(separator: 0x0a, omittingEmptySubsequences: false)
    }

    private static func isNameOctet(_ octet: UInt8) -> Bool { (0x21...0x7e).contains(octet) && octet != 0x3a }
    private static func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }
    private static func lowercased(_ octet: UInt8) -> UInt8 { (0x41...0x5a).contains(octet) ? octet | 0x20 : octet }
}

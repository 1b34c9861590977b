/// What a stranger said, fit for a line of a log and for a terminal.
package enum PlainWords {
    /// At most so many octets; what is no UTF-8, a control or turns the direction of writing stands as "?".
    package static func text(_ bytes: [UInt8], most: Int) -> String {
        let isPlain = bytes.count <= most && bytes.allSatisfy { (0x20...0x7e).contains($0) }
        if isPlain { return String(decoding: bytes, as: UTF8.self) }
        var result = String.UnicodeScalarView()
        var length = 0
        for scalar in String(decoding: bytes.prefix(most * 2), as: UTF8.self).unicodeScalars {
            let shown: Unicode.Scalar = isShown(scalar) ? scalar : "?"
            length += UTF8.width(shown)
            guard length <= most else { break }
            result.append(shown)
        }
        return String(result)
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7f...0x9f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff, 0xfffd: false
        default: true
        }
    }
}

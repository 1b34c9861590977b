extension LiteralHeader {
    /// The literal that the end of a line announces: `{n}`, `{n+}`, `~{n}`. Such an end is always a literal, for a
    /// quoted string would end in a quote; whether the grammar wants one there is found out later.
    ///
    /// A size of too many digits is taken as the largest number: the peer means to send more than we would read.
    init?(endOfLine line: ArraySlice<UInt8>) {
        guard line.last == UInt8(ascii: "}") else { return nil }
        var rest = line.dropLast()
        let isSynchronizing = rest.last != UInt8(ascii: "+")
        if !isSynchronizing { rest = rest.dropLast() }
        let digits = rest.suffix(while: { ByteClass.digit.contains($0) })
        rest = rest.dropLast(digits.count)
        guard !digits.isEmpty, rest.last == UInt8(ascii: "{") else { return nil }
        self.init(
            size: UInt64(decimal: digits) ?? .max, isSynchronizing: isSynchronizing,
            isBinary: rest.dropLast().last == UInt8(ascii: "~"))
    }
}

extension ArraySlice<UInt8> {
    /// The longest end whose bytes all satisfy the condition.
    fileprivate func suffix(while condition: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        var start = endIndex
        while start > startIndex, condition(self[start - 1]) { start -= 1 }
        return self[start...]
    }
}

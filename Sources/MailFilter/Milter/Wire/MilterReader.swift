/// Reads the data of a packet from front to back. What is not there is nil, and then nothing has moved.
struct MilterReader {
    private var rest: ArraySlice<UInt8>

    init(_ data: [UInt8]) { rest = data[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number() -> UInt32? {
        guard rest.count >= 4 else { return nil }
        defer { rest = rest.dropFirst(4) }
        return rest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Up to a zero octet, which is taken as well.
    mutating func string() -> [UInt8]? {
        guard let end = rest.firstIndex(of: 0) else { return nil }
        defer { rest = rest[rest.index(after: end)...] }
        return Array(rest[..<end])
    }

    /// The last string of a packet, whose zero octet some filters leave out.
    mutating func lastString() -> [UInt8]? {
        if let string = string() { return string }
        guard !rest.isEmpty else { return nil }
        defer { rest = [] }
        return Array(rest)
    }
}

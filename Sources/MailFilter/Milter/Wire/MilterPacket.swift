/// One packet: a length of four octets, which counts what follows, a letter, and its data.
package struct MilterPacket: Sendable, Equatable {
    /// What a filter may send at once. libmilter itself stops at a megabyte.
    package static let largest = 1 << 20
    /// MILTER_CHUNK_SIZE: the most that one packet of this side carries of a body.
    package static let largestChunk = 65_535
    package static let headerSize = 4

    package let letter: UInt8
    package let data: [UInt8]

    package init(_ letter: UInt8, _ data: [UInt8] = []) {
        self.letter = letter
        self.data = data
    }

    package init(_ letter: Character, _ data: [UInt8] = []) { self.init(letter.asciiValue ?? 0, data) }

    package var bytes: [UInt8] {
        let length = UInt32(clamping: data.count &+ 1)
        return Self.octets(of: length) + [letter] + data
    }

    /// How many octets follow the first four; nil for none, and for more than is taken.
    package static func length(_ header: [UInt8]) -> Int? {
        var reader = MilterReader(header)
        guard let length = reader.number(), length >= 1, length <= UInt32(largest) else { return nil }
        return Int(length)
    }

    /// What follows the length.
    package init?(content: [UInt8]) {
        guard let letter = content.first else { return nil }
        self.init(letter, Array(content.dropFirst()))
    }

    static func octets(of number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
}

internal import MailCrypto

/// Where each piece of one database image lies in a backup, and what its digest is.
///
/// An image is cut into units of 16 KiB. SQLite changes pages in place, so most units of a later image are those of an
/// earlier one; only the others are added to the backup.
struct ImageMap: Equatable {
    static let unitSize = 16_384

    struct Unit: Equatable {
        /// The run whose pack has it, and where in it.
        let run: Int64
        let offset: Int64
        let digest: [UInt8]
    }

    var size: Int64 = 0
    var units: [Unit] = []

    private static let magic = Array("POSTMAP1".utf8)
    private static let headerSize = 24
    private static let entrySize = 16 + SHA256.length
    /// A terabyte of one account's mail.
    private static let unitCountBound: Int64 = 1 << 26

    /// Little-endian: magic, size of the image, number of units; for each its run, offset and SHA-256.
    var bytes: [UInt8] {
        var bytes = Self.magic
        bytes.reserveCapacity(Self.headerSize + units.count * Self.entrySize)
        bytes += Self.word(size) + Self.word(Int64(units.count))
        for unit in units { bytes += Self.word(unit.run) + Self.word(unit.offset) + unit.digest }
        return bytes
    }

    init() {}

    /// Throws `.damaged` for anything that `bytes` does not write.
    init(_ bytes: [UInt8], file: String) throws {
        let damaged = StoreError.damaged(file: file, detail: "it is not a map of a backup")
        guard bytes.count >= Self.headerSize, Array(bytes[..<8]) == Self.magic else { throw damaged }
        size = Self.word(bytes, at: 8)
        let count = Self.word(bytes, at: 16)
        guard (0...Self.unitCountBound).contains(count), bytes.count == Self.headerSize + Int(count) * Self.entrySize,
            size >= 0, size <= count * Int64(Self.unitSize), size > (count - 1) * Int64(Self.unitSize)
        else { throw damaged }
        units.reserveCapacity(Int(count))
        for index in 0..<Int(count) {
            let start = Self.headerSize + index * Self.entrySize
            units.append(
                Unit(
                    run: Self.word(bytes, at: start), offset: Self.word(bytes, at: start + 8),
                    digest: Array(bytes[start + 16..<start + Self.entrySize])))
        }
    }

    private static func word(_ value: Int64) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

    private static func word(_ bytes: [UInt8], at start: Int) -> Int64 {
        (0..<8).reduce(0) { $0 | Int64(bytes[start + $1]) << (8 * Int64($1)) }
    }
}

enum SHA256 {
    static let length = 32
    static func of(_ bytes: [UInt8]) -> [UInt8] { sha256(bytes) }
}

internal import CGlibc
import Glibc

/// Says of most messages that a text does not stand in them, without taking them apart: in a message of plain ASCII that
/// nothing is encoded in, what can be found decoded stands there as it is.
///
/// It never says that a text does stand somewhere: that is `MessageSearch`'s to find out.
package struct PlainScan {
    /// What SEARCH looks for, and the longest piece of it that stands in one place however lines are folded.
    package struct Needle: Sendable, Equatable {
        fileprivate let piece: [UInt8]

        /// From a folded text.
        package init(_ folded: [UInt8]) {
            let pieces = folded.split { ByteClass.isSpace($0) || $0 == UInt8(ascii: ":") }
            piece = Array(pieces.max { $0.count < $1.count } ?? [])
        }
    }

    package enum Scope: Sendable { case body, headersToo }

    private var folded: [UInt8] = []
    private var isPlain = false
    private var hasPlainHeaders = false

    package init() {}

    /// `structure` is the message's BODYSTRUCTURE.
    package mutating func load(_ message: UnsafeRawBufferPointer, structure: UnsafeRawBufferPointer) {
        isPlain = fold(message) && Self.isPlain(structure)
        hasPlainHeaders = isPlain && !Self.hasOddities(message)
    }

    /// A header, or one field of it: nothing is known of a body then.
    mutating func load(header: UnsafeRawBufferPointer) {
        hasPlainHeaders = fold(header) && !Self.hasOddities(header)
        isPlain = false
    }

    private var length = 0

    /// False when there is more than ASCII.
    private mutating func fold(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if folded.count < bytes.count { folded = Array(repeating: 0, count: bytes.count) }
        length = bytes.count
        return folded.withUnsafeMutableBufferPointer {
            CaseFolding.foldASCII(bytes.bindMemory(to: UInt8.self), into: $0)
        }
    }

    /// False when it is not known.
    package func lacks(_ needle: Needle, in scope: Scope) -> Bool {
        guard scope == .body ? isPlain : hasPlainHeaders, !needle.piece.isEmpty else { return false }
        return folded.withUnsafeBytes { text in
            memmem(text.baseAddress, length, needle.piece, needle.piece.count) == nil
        }
    }

    /// Encodings, charsets and embedded messages whose text may differ from the bytes.
    private static let encodings = [
        "\"BASE64\"", "\"QUOTED-PRINTABLE\"", "\"MESSAGE\"", "\"X-UUENCODE\"", "\"CHARSET\" {",
    ].map { Array($0.utf8) }
    private static let charsetMark = Array("\"CHARSET\" \"".utf8)
    /// In these ASCII bytes are ASCII letters; in UTF-7 and ISO-2022-JP they are not.
    private static let charsets = ["us-ascii", "utf-8", "iso-8859-", "windows-125"].map { Array($0.utf8) }

    private static func isPlain(_ structure: UnsafeRawBufferPointer) -> Bool {
        guard !structure.isEmpty, encodings.allSatisfy({ find($0, in: structure, from: 0) == nil }) else {
            return false
        }
        var place = 0
        while let found = find(charsetMark, in: structure, from: place) {
            place = found + charsetMark.count
            let name = structure[place...].prefix(16).map(\.asciiLowercased)
            guard charsets.contains(where: { name.starts(with: $0) }) else { return false }
        }
        return true
    }

    /// Encoded words; NUL and bare CR, which unfolding takes out of a header.
    private static func hasOddities(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let text = bytes.bindMemory(to: UInt8.self)
        guard let base = text.baseAddress else { return false }
        if memchr(base, 0, text.count) != nil { return true }
        return has(0x3d, in: text) { $0 == 0x3f } || has(0x0d, in: text) { $0 != 0x0a }
    }

    /// Whether `byte` stands somewhere before a byte of that kind, or at the end.
    private static func has(_ byte: UInt8, in text: UnsafeBufferPointer<UInt8>, before isOdd: (UInt8) -> Bool) -> Bool {
        guard let base = text.baseAddress else { return false }
        var place = 0
        while place < text.count, let found = memchr(base + place, Int32(byte), text.count - place) {
            place = UnsafeRawPointer(found) - UnsafeRawPointer(base) + 1
            guard place < text.count else { return true }
            if isOdd(text[place]) { return true }
        }
        return false
    }

    private static func find(_ needle: [UInt8], in text: UnsafeRawBufferPointer, from place: Int) -> Int? {
        guard let base = text.baseAddress, place <= text.count,
            let found = memmem(base + place, text.count - place, needle, needle.count)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }
}

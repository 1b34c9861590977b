internal import CGlibc
import Glibc

/// Says of most messages that a text does not stand in them, without taking them apart: in a message of plain ASCII that
/// nothing is encoded in, what can be found decoded stands there as it is; encoded words are decoded line by line.
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
    /// What was written in encoded words, with what stands beside it; nil when nothing is known of headers.
    private var decoded: [[UInt8]]?

    package init() {}

    /// `structure` is the message's BODYSTRUCTURE; of headers something is known only when `scope` wants it.
    package mutating func load(
        _ message: UnsafeRawBufferPointer, structure: UnsafeRawBufferPointer, for scope: Scope
    ) {
        isPlain = fold(message) && Self.isPlain(structure)
        decoded = isPlain && scope == .headersToo ? Self.decodedLines(of: Self.headers(of: message, structure)) : nil
    }

    private static let soleText = Array("(\"TEXT\"".utf8)
    private static let blankLine = Array("\r\n\r\n".utf8)

    /// Where encoded words count: of a message in parts anywhere.
    private static func headers(
        of message: UnsafeRawBufferPointer, _ structure: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        guard structure.starts(with: soleText), let end = find(blankLine, in: message, from: 0) else { return message }
        return UnsafeRawBufferPointer(rebasing: message[..<(end + 2)])
    }

    /// A header, or one field of it: nothing is known of a body then.
    mutating func load(header: UnsafeRawBufferPointer) {
        decoded = fold(header) ? Self.decodedLines(of: header) : nil
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
        guard scope == .body ? isPlain : decoded != nil, !needle.piece.isEmpty else { return false }
        let isAbsent = folded.withUnsafeBytes { text in
            memmem(text.baseAddress, length, needle.piece, needle.piece.count) == nil
        }
        guard isAbsent, scope == .headersToo, let decoded else { return isAbsent }
        return !decoded.contains { ByteSearch.contains($0, needle.piece) }
    }

    /// Encodings, charsets and embedded messages whose text may differ from the bytes.
    private static let oddities = ["\"MESSAGE\"", "\"X-UUENCODE\"", "\"CHARSET\" {"].map { Array($0.utf8) }
    /// Of a text; what is no text is not searched.
    private static let encodings = ["\"BASE64\"", "\"QUOTED-PRINTABLE\""].map { Array($0.utf8) }
    private static let charsetMark = Array("\"CHARSET\" \"".utf8)
    /// In these ASCII bytes are ASCII letters; in UTF-7 and ISO-2022-JP they are not.
    private static let charsets = ["us-ascii", "utf-8", "iso-8859-", "windows-125"].map { Array($0.utf8) }

    private static func isPlain(_ structure: UnsafeRawBufferPointer) -> Bool {
        guard !structure.isEmpty, oddities.allSatisfy({ find($0, in: structure, from: 0) == nil }),
            !encodings.contains(where: { isOfText($0, in: structure) })
        else { return false }
        var place = 0
        while let found = find(charsetMark, in: structure, from: place) {
            place = found + charsetMark.count
            let name = structure[place...]
            guard charsets.contains(where: { name.starts(with: $0) { $0.asciiLowercased == $1 } }) else { return false }
        }
        return true
    }

    /// Behind the octets of a text stands a number of lines, behind those of other parts none (RFC 9051, body-type-text and
    /// body-type-basic).
    private static func isOfText(_ encoding: [UInt8], in structure: UnsafeRawBufferPointer) -> Bool {
        var place = 0
        while let found = find(encoding, in: structure, from: place) {
            place = found + encoding.count
            let octets = structure[place...].dropFirst().prefix { ByteClass.isDigit($0) }
            let behind = structure[octets.endIndex...].prefix(2)
            guard !octets.isEmpty, behind.count == 2, !ByteClass.isDigit(behind[behind.startIndex + 1]) else {
                return true
            }
        }
        return false
    }

    /// Unfolded lines with encoded words in them, folded; nil with NUL and bare CR, which unfolding takes out of a header.
    private static func decodedLines(of bytes: UnsafeRawBufferPointer) -> [[UInt8]]? {
        let (isOdd, hasWords) = traits(of: bytes)
        guard !isOdd else { return nil }
        guard hasWords else { return [] }
        var lines: [[UInt8]] = []
        var next = 0
        while let mark = wordMark(in: bytes, from: next) {
            let line = unfoldedLine(around: mark, in: bytes)
            let text = bytes[line].filter { $0 != 0x0d && $0 != 0x0a }
            lines.append(CaseFolding.fold(EncodedWord.decode(text)))
            next = line.upperBound
        }
        return lines
    }

    /// Where an encoded word may begin. memmem(3) goes byte by byte for so short a text.
    private static func wordMark(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var place = start
        while place < bytes.count, let found = memchr(base + place, 0x3d, bytes.count - place) {
            let mark = UnsafeRawPointer(found) - base
            place = mark + 1
            if place < bytes.count, bytes[place] == 0x3f { return mark }
        }
        return nil
    }

    /// NUL or a bare CR, and the beginning of an encoded word: in one pass without branches, over many bytes at a time.
    private static func traits(of bytes: UnsafeRawBufferPointer) -> (isOdd: Bool, hasWords: Bool) {
        var (odd, words): (UInt8, UInt8) = (0, 0)
        for index in 0..<max(0, bytes.count - 1) {
            let (byte, next) = (bytes[index], bytes[index + 1])
            odd |= (byte == 0 ? 1 : 0) | ((byte == 0x0d ? 1 : 0) & (next == 0x0a ? 0 : 1))
            words |= (byte == 0x3d ? 1 : 0) & (next == 0x3f ? 1 : 0)
        }
        let last = bytes.last ?? 0x20
        return (odd != 0 || last == 0 || last == 0x0d, words != 0)
    }

    /// With the lines that continue it (RFC 5322 §2.2.3), and those it continues.
    private static func unfoldedLine(around place: Int, in text: UnsafeRawBufferPointer) -> Range<Int> {
        var (first, end) = (place, place)
        while first > 0, !isBoundary(first, in: text) { first -= 1 }
        repeat { end += 1 } while end < text.count && !isBoundary(end, in: text)
        return first..<min(end, text.count)
    }

    private static func isBoundary(_ place: Int, in text: UnsafeRawBufferPointer) -> Bool {
        text[place - 1] == 0x0a && text[place] != 0x20 && text[place] != 0x09
    }

    private static func find(_ needle: [UInt8], in text: UnsafeRawBufferPointer, from place: Int) -> Int? {
        guard let base = text.baseAddress, place <= text.count,
            let found = memmem(base + place, text.count - place, needle, needle.count)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }
}

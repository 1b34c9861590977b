/// One pass over a header value; the cost is linear whatever the value looks like.
struct EncodedWordDecoder {
    private struct Word {
        let charset: String
        let bytes: [UInt8]
        let end: Int
    }

    private let bytes: [UInt8]
    private var position = 0
    private var output = ""
    private var plain: [UInt8] = []
    /// Decoded words that wait for more of the same charset: a character may be split between them.
    private var run: (charset: String, bytes: [UInt8])?
    /// Where the next "?=" is; kept because looking for it again from every "=?" would take quadratic time.
    private var knownEnd = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func decode() -> String {
        guard bytes.contains(0x3d) else { return Charset.decode(bytes, label: nil) }
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "="), let word = word() {
                take(word)
            } else {
                plain.append(bytes[position])
                position += 1
            }
        }
        flushRun()
        flushPlain()
        return output
    }

    private mutating func take(_ word: Word) {
        position = word.end
        // White space between two encoded words is not shown (§6.2).
        if run != nil, plain.allSatisfy(ByteClass.isSpace) { plain = [] } else { flushRun() }
        flushPlain()
        if run?.charset == word.charset {
            run?.bytes += word.bytes
        } else {
            flushRun()
            run = (word.charset, word.bytes)
        }
    }

    private mutating func flushRun() {
        guard let (charset, bytes) = run else { return }
        run = nil
        // An undecodable tail must not swallow the plain text behind it, so each run is decoded alone.
        output += Charset.decode(bytes, label: charset)
    }

    private mutating func flushPlain() {
        guard !plain.isEmpty else { return }
        flushRun()
        output += Charset.decode(plain, label: nil)
        plain = []
    }

    // encoded-word = "=?" charset "?" encoding "?" encoded-text "?="
    private mutating func word() -> Word? {
        guard byte(position + 1) == UInt8(ascii: "?"), let charsetEnd = charsetEnd(), charsetEnd > position + 2,
            let encoding = byte(charsetEnd + 1), byte(charsetEnd + 2) == UInt8(ascii: "?")
        else { return nil }
        let start = charsetEnd + 3
        guard let end = endOfWord(from: start) else { return nil }
        let text = bytes[start..<end]
        let decoded: [UInt8]
        switch encoding {
        case UInt8(ascii: "B"), UInt8(ascii: "b"): decoded = TransferDecoder.decode(text, .base64)
        case UInt8(ascii: "Q"), UInt8(ascii: "q"): decoded = Self.decodeQ(text)
        default: return nil
        }
        let charset = bytes[(position + 2)..<charsetEnd].map(\.asciiLowercased)
        return Word(charset: String(decoding: charset, as: UTF8.self), bytes: decoded, end: end + 2)
    }

    private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

    private func charsetEnd() -> Int? {
        let start = position + 2
        let limit = min(bytes.count, start + MessageLimits.charsetNameLength)
        guard start < limit else { return nil }
        return bytes[start..<limit].firstIndex { $0 == UInt8(ascii: "?") || ByteClass.isSpace($0) }
            .flatMap { bytes[$0] == UInt8(ascii: "?") ? $0 : nil }
    }

    private mutating func endOfWord(from start: Int) -> Int? {
        if knownEnd < start {
            knownEnd = start
            while knownEnd < bytes.count, !(bytes[knownEnd] == 0x3f && byte(knownEnd + 1) == 0x3d) { knownEnd += 1 }
        }
        return knownEnd < bytes.count ? knownEnd : nil
    }

    /// §4.2: like quoted-printable, "_" for the space.
    private static func decodeQ(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "="), rest.count >= 2, let high = ByteClass.hexValue(rest[rest.startIndex]),
                let low = ByteClass.hexValue(rest[rest.startIndex + 1])
            {
                result.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte == UInt8(ascii: "_") ? 0x20 : byte)
            }
        }
        return result
    }
}

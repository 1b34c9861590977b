/// The first words of a message as a person would read them (RFC 8970 §3): without markup, without what was quoted and
/// without the signature. Empty when there is nothing to read.
package enum Preview {
    /// RFC 8970 §3.1: 200 characters, and never more than 256.
    package static let length = 200
    /// Bytes of a part that are looked at, as they stand in the message.
    package static let window = 64 << 10

    /// The part to show: the first text that is no attachment. `multipart/alternative` has the plain form first.
    package static func part(of message: ParsedMessage) -> Part? {
        message.parts.first { part in
            part.kind == .leaf && part.mediaType.isText && !part.isAttachment
                && (part.mediaType.subtype == "plain" || part.mediaType.subtype == "html")
        }
    }

    /// `bytes` is the part's body or its beginning.
    package static func text(of part: Part, _ bytes: some Collection<UInt8>) -> String {
        let decoded = TransferDecoder.decode(Array(bytes), part.transferEncoding)
        let text = Charset.decode(decoded, label: part.mediaType.charset)
        return cut(part.mediaType.subtype == "html" ? HTMLText.plain(text) : PlainReading.ownWords(text))
    }

    /// White space becomes single spaces, what cannot be seen goes, and whole characters stay whole.
    static func cut(_ text: String) -> String {
        var result = ""
        var (scalars, pendingSpace) = (0, false)
        for character in text {
            guard !character.isWhitespace else {
                pendingSpace = !result.isEmpty
                continue
            }
            guard !character.unicodeScalars.allSatisfy(isInvisible) else { continue }
            let needed = character.unicodeScalars.count + (pendingSpace ? 1 : 0)
            guard scalars + needed <= length else { break }
            if pendingSpace { result.append(" ") }
            pendingSpace = false
            result.append(character)
            scalars += needed
        }
        return result
    }

    /// Controls, and what mass mail fills its previews with: zero-width and combining joiners, soft hyphens, marks of direction.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f..<0xa0, 0xad, 0x34f, 0x61c, 0x180e, 0x200b...0x200f, 0x202a...0x202e: true
        case 0x2060...0x206f, 0xfeff, 0xfff9...0xfffb: true
        default: false
        }
    }
}

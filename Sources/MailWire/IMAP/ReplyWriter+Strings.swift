package import MailMessage

/// Strings in whichever of IMAP's four spellings fits (RFC 9051 §4.2-4.3).
extension ReplyWriter {
    /// Longer strings go as literals even where quoting would do.
    package static let longestQuoted = 1_000

    /// Quoted where the content allows it, a literal otherwise.
    package mutating func string(_ content: [UInt8]) {
        canQuote(content) ? quoted(content) : literal(content)
    }

    package mutating func string(_ content: String) { string(Array(content.utf8)) }

    /// NIL for nil.
    package mutating func nstring(_ content: [UInt8]?) {
        if let content { string(content) } else { nilAtom() }
    }

    /// An atom where that is possible and not mistaken for NIL.
    package mutating func astring(_ content: [UInt8]) {
        isAtom(content) ? raw(content) : string(content)
    }

    package mutating func astring(_ content: String) { astring(Array(content.utf8)) }

    package mutating func literal(_ content: [UInt8]) {
        literalHeader(size: content.count)
        raw(content)
    }

    package mutating func literal(_ content: ArraySlice<UInt8>) {
        literalHeader(size: content.count)
        raw(content)
    }

    /// `{n}` and its line end; the caller writes exactly so many bytes next, at once or streamed.
    package mutating func literalHeader(size: Int) {
        byte(UInt8(ascii: "{"))
        number(size)
        raw("}\r\n")
    }

    /// `~{n}` for content that may hold NUL (RFC 9051 §4.3.2).
    package mutating func literal8Header(size: Int) {
        byte(UInt8(ascii: "~"))
        literalHeader(size: size)
    }

    /// Only for content that `string` would quote too: no line ends, no NUL.
    package mutating func quoted(_ content: some Sequence<UInt8>) {
        byte(UInt8(ascii: "\""))
        for next in content {
            if next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\") { byte(UInt8(ascii: "\\")) }
            byte(next)
        }
        byte(UInt8(ascii: "\""))
    }

    package mutating func mailbox(_ name: MailboxName) { mailbox(name.text) }

    /// For names that are no `MailboxName`: with the prefix of a hidden namespace on them, for instance.
    package mutating func mailbox(_ text: String) { astring(encoding.encode(text)) }

    private func canQuote(_ content: [UInt8]) -> Bool {
        guard content.count <= Self.longestQuoted else { return false }
        var isASCII = true
        for byte in content {
            if byte == 0 || byte == 0x0d || byte == 0x0a { return false }
            if byte >= 0x80 { isASCII = false }
        }
        return isASCII || (encoding == .utf8 && String(validating: content, as: UTF8.self) != nil)
    }

    private func isAtom(_ content: [UInt8]) -> Bool {
        guard (1...Self.longestQuoted).contains(content.count), content.allSatisfy(IMAPBytes.astring.contains) else {
            return false
        }
        return content.count != 3 || !content.elementsEqual("NIL".utf8, by: { $0.asciiUppercased == $1 })
    }
}

internal import Glibc

/// Reads single items of an ENVELOPE as `IMAPText` wrote it, without taking the rest apart. What is no envelope has none.
package struct EnvelopeText {
    package enum Item: Int, Sendable {
        case date, subject, from, sender, replyTo, to, cc, bcc, inReplyTo, messageID
    }

    private let bytes: UnsafeRawBufferPointer

    package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Date, subject, In-Reply-To or Message-ID; nil for NIL.
    package func string(_ item: Item) -> [UInt8]? {
        guard var scanner = scanner(at: item) else { return nil }
        return scanner.string()
    }

    /// An item as it is written; nil where the envelope is damaged.
    func bytes(of item: Item) -> UnsafeRawBufferPointer? {
        guard var scanner = scanner(at: item) else { return nil }
        let start = scanner.place
        guard scanner.skip() else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<scanner.place])
    }

    /// The addresses of a list in their order, until `body` returns false; a group's name is a mailbox without a host.
    package func addresses(_ item: Item, _ body: (MailAddress) -> Bool) {
        guard var scanner = scanner(at: item), scanner.byte(UInt8(ascii: "(")) else { return }
        while scanner.byte(UInt8(ascii: "(")) {
            let name = scanner.string()
            scanner.space()
            let route = scanner.string()
            scanner.space()
            let local = scanner.string()
            scanner.space()
            let domain = scanner.string()
            guard scanner.byte(UInt8(ascii: ")")) else { return }
            guard let local else { continue }  // the end of a group
            guard body(MailAddress(name: name, route: route, local: local, domain: domain ?? [])) else { return }
        }
    }

    package func firstAddress(_ item: Item) -> MailAddress? {
        var first: MailAddress?
        addresses(item) {
            first = $0
            return false
        }
        return first
    }

    private func scanner(at item: Item) -> EnvelopeScanner? {
        var scanner = EnvelopeScanner(bytes)
        guard scanner.byte(UInt8(ascii: "(")) else { return nil }
        for _ in 0..<item.rawValue {
            guard scanner.skip() else { return nil }
            scanner.space()
        }
        return scanner
    }
}

/// A place in prebuilt text. Nothing is trusted: it may come from a damaged database.
private struct EnvelopeScanner {
    private let bytes: UnsafeRawBufferPointer
    private(set) var place = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func byte(_ wanted: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == wanted else { return false }
        place += 1
        return true
    }

    mutating func space() { _ = byte(0x20) }

    // nstring
    mutating func string() -> [UInt8]? {
        guard place < bytes.count else { return nil }
        if bytes[place] == UInt8(ascii: "{") {
            guard let range = literal() else { return nil }
            return Array(bytes[range])
        }
        guard let range = quoted() else {
            _ = skipNil()
            return nil
        }
        let content = bytes[range]
        guard content.contains(UInt8(ascii: "\\")) else { return Array(content) }
        var result: [UInt8] = []
        var isEscaped = false
        for byte in content {
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            if !isEscaped { result.append(byte) }
        }
        return result
    }

    /// Over an nstring or a list; false when there is neither.
    mutating func skip() -> Bool {
        guard byte(UInt8(ascii: "(")) else { return skipString() }
        var depth = 1
        while depth > 0 {
            if byte(UInt8(ascii: "(")) {
                depth += 1
            } else if byte(UInt8(ascii: ")")) {
                depth -= 1
            } else if !byte(0x20) {
                guard skipString() else { return false }
            }
        }
        return true
    }

    private mutating func skipString() -> Bool { quoted() != nil || literal() != nil || skipNil() }

    private mutating func skipNil() -> Bool {
        guard place + 3 <= bytes.count, bytes[place] == UInt8(ascii: "N"), bytes[place + 1] == UInt8(ascii: "I"),
            bytes[place + 2] == UInt8(ascii: "L")
        else { return false }
        place += 3
        return true
    }

    /// What is between the quotes, backslashes included.
    private mutating func quoted() -> Range<Int>? {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
        var next = place + 1
        if let end = plainEnd(from: next) { next = end }
        while next < bytes.count, bytes[next] != UInt8(ascii: "\"") {
            next += bytes[next] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard next < bytes.count else { return nil }
        defer { place = next + 1 }
        return place + 1..<next
    }

    /// The quote at the end, where no backslash comes before it: the C library finds both faster.
    private func plainEnd(from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let quote = memchr(base + start, Int32(UInt8(ascii: "\"")), bytes.count - start)
        else { return nil }
        let length = UnsafeRawPointer(quote) - (base + start)
        return memchr(base + start, Int32(UInt8(ascii: "\\")), length) == nil ? start + length : nil
    }

    private mutating func literal() -> Range<Int>? {
        guard place < bytes.count, bytes[place] == UInt8(ascii: "{") else { return nil }
        var next = place + 1
        var size = 0
        while next < bytes.count, ByteClass.isDigit(bytes[next]), size <= bytes.count {
            size = size * 10 + Int(bytes[next] - 0x30)
            next += 1
        }
        next += 3  // }CRLF
        guard size <= bytes.count, next + size <= bytes.count else { return nil }
        defer { place = next + size }
        return next..<next + size
    }
}

import Glibc

/// Looks at a message's header while it passes: counts Received, sees which fields are there, keeps the Message-ID. Constant
/// memory, cut anywhere.
struct HeaderScan {
    private(set) var hops = 0
    private(set) var hasDate = false
    private(set) var hasMessageID = false
    /// TLS-Required: No (RFC 8689 §5).
    private(set) var wantsNoTLS = false
    /// Somebody says how the message was judged (RFC 8601).
    private(set) var hasResults = false
    /// The blank line was seen, or what follows cannot be a header.
    private(set) var isOver = false

    /// The beginning of the line at hand; enough to know its name, or all of it that belongs to the Message-ID.
    private var lineStart: [UInt8] = []
    private var isInMessageID = false
    private var identifier: [UInt8] = []
    /// RFC 5322 §2.1.1: a line has 998 octets at most.
    private static let longestMessageID = 998

    /// Without angle brackets; nil when there was none, or none that makes sense.
    var messageID: String? {
        guard let open = identifier.firstIndex(of: UInt8(ascii: "<")),
            let close = identifier[open...].firstIndex(of: UInt8(ascii: ">")), close > open + 1
        else { return nil }
        let inside = identifier[(open + 1)..<close]
        guard inside.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return nil }
        return String(decoding: inside, as: UTF8.self)
    }

    mutating func consume(_ chunk: UnsafeRawBufferPointer) {
        var rest = chunk[...]
        while !isOver, !rest.isEmpty {
            let line = UnsafeRawBufferPointer(rebasing: rest)
            let end = line.baseAddress.flatMap { base in
                memchr(base, 0x0a, line.count).map { UnsafeRawPointer($0) - base + 1 }
            }
            lineStart.append(
                contentsOf: line.prefix(min(end ?? line.count, max(0, Self.longestMessageID - lineStart.count))))
            if end != nil { finishLine() }
            rest = rest.dropFirst(end ?? line.count)
        }
    }

    private mutating func finishLine() {
        let isFolded = lineStart.first == 0x20 || lineStart.first == 0x09
        if !isFolded { isInMessageID = false }
        if lineStart.starts(with: [0x0d, 0x0a]) || lineStart.first == 0x0a {
            isOver = true
        } else if begins("received:") {
            hops += 1
        } else if begins("date:") {
            hasDate = true
        } else if begins("authentication-results:") {
            hasResults = true
        } else if begins("tls-required:") {
            let value = lineStart.dropFirst("tls-required:".utf8.count).filter { $0 > 0x20 }.map { $0 | 0x20 }
            if value == Array("no".utf8) { wantsNoTLS = true }
        } else if begins("message-id:") {
            isInMessageID = !hasMessageID
            hasMessageID = true
        }
        if isInMessageID, identifier.count < Self.longestMessageID { identifier += lineStart }
        lineStart.removeAll(keepingCapacity: true)
    }

    /// The name is in small letters, so setting the bit of small letters compares without case.
    private func begins(_ name: StaticString) -> Bool {
        name.withUTF8Buffer { name in
            lineStart.count >= name.count && zip(lineStart, name).allSatisfy { $0 == $1 || $0 | 0x20 == $1 }
        }
    }
}

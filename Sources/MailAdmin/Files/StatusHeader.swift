import MailMessage

/// The flags that mbox files keep in the message's own header: `Status: RO`, `X-Status: AFTD`, `X-Keywords: a b`.
enum StatusHeader {
    private static let letters: [(letter: Character, bits: FlagBits)] = [
        ("A", .answered), ("F", .flagged), ("T", .draft), ("D", .deleted),
    ]

    static func flags(_ message: [UInt8]) -> [Flag] {
        var flags: [Flag] = []
        for (name, value) in fields(message) {
            switch name {
            case "status": if value.contains("R") { flags.append(.system(.seen)) }
            case "x-status": flags += letters.filter { value.contains($0.letter) }.map { .system($0.bits) }
            case "x-keywords":
                flags += value.split(separator: " ").compactMap { Keyword(String($0)) }.map { .keyword($0) }
            default: break
            }
        }
        return flags
    }

    /// The message with such fields as say what `flags` says. Where its own fields say it already, not a byte changes.
    static func applying(_ flags: [Flag], to message: [UInt8], lineEnd: [UInt8]) -> [UInt8] {
        guard Set(flags) != Set(self.flags(message)) else { return message }
        let (header, body) = split(message)
        var result: [UInt8] = []
        var isDropped = false
        for line in header {
            let isContinued = line.first == 0x20 || line.first == 0x09
            if !isContinued {
                isDropped = name(line).map { ["status", "x-status", "x-keywords"].contains($0) } ?? false
            }
            if !isDropped { result += line }
        }
        for text in lines(flags) { result += Array(text.utf8) + lineEnd }
        return result + body
    }

    private static func lines(_ flags: [Flag]) -> [String] {
        let status = "Status: " + (flags.contains(.system(.seen)) ? "RO" : "O")
        let marks = letters.filter { flags.contains(.system($0.bits)) }.map { String($0.letter) }.joined()
        let keywords = flags.compactMap { if case .keyword(let keyword) = $0 { keyword.name } else { nil } }
        return [status] + (marks.isEmpty ? [] : ["X-Status: \(marks)"])
            + (keywords.isEmpty ? [] : ["X-Keywords: \(keywords.joined(separator: " "))"])
    }

    private static func fields(_ message: [UInt8]) -> [(name: String, value: String)] {
        split(message).header.compactMap { line in
            guard let name = name(line) else { return nil }
            let value = line.drop { $0 != UInt8(ascii: ":") }.dropFirst().filter { $0 != 0x0d && $0 != 0x0a }
            return (name, String(decoding: value, as: UTF8.self))
        }
    }

    private static func name(_ line: ArraySlice<UInt8>) -> String? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line.startIndex < colon else { return nil }
        guard "SsXx".utf8.contains(line[line.startIndex]) else { return nil }  // all that is looked for
        return String(decoding: line[..<colon], as: UTF8.self).lowercased()
    }

    /// The header's lines with their ends, and the rest from the blank line on.
    private static func split(_ message: [UInt8]) -> (header: [ArraySlice<UInt8>], body: ArraySlice<UInt8>) {
        var lines: [ArraySlice<UInt8>] = []
        var start = message.startIndex
        while start < message.endIndex {
            let end = message[start...].firstIndex(of: 0x0a).map { $0 + 1 } ?? message.endIndex
            let line = message[start..<end]
            if line.allSatisfy({ $0 == 0x0d || $0 == 0x0a }) { break }
            lines.append(line)
            start = end
        }
        return (lines, message[start...])
    }
}

/// Breaks lines that are too long: a header field is folded before a space (RFC 5322 §2.2.3); elsewhere CRLF and a space come between,
/// as Postfix does it, which leaves something to read. Not within a letter in UTF-8.
package struct LineBreaker: Sendable {
    /// Octets before CRLF (RFC 5321 §4.5.3.1.6).
    package static let longestLine = 998
    /// Octets of a letter behind its first.
    private static let continuations = 3

    /// Of the line that is not over.
    private var count = 0
    private var isHeader = true

    package init() {}

    /// `output` holds at least the line that is not over.
    package mutating func consume(_ chunk: [UInt8], into output: inout [UInt8]) {
        for octet in chunk {
            switch octet {
            case 0x0a:
                if count == 0 { isHeader = false }
                count = 0
            case 0x0d: break
            default:
                if count >= Self.longestLine { breakLine(before: octet, &output) }
                count += 1
            }
            output.append(octet)
        }
    }

    private mutating func breakLine(before octet: UInt8, _ output: inout [UInt8]) {
        if isHeader, fold(&output) { return }
        var moved: [UInt8] = []
        if octet & 0xc0 == 0x80 {
            let tail = output.suffix(Self.continuations).reversed()
            if let start = tail.firstIndex(where: { $0 & 0xc0 == 0xc0 }) {
                let length = tail.distance(from: tail.startIndex, to: start) + 1
                moved = Array(output.suffix(length))
                output.removeLast(length)
            }
        }
        output += [0x0d, 0x0a, 0x20] + moved
        count = 1 + moved.count
    }

    /// Before the last space that has something in front of it and something behind; false where there is none.
    private mutating func fold(_ output: inout [UInt8]) -> Bool {
        let line = output.suffix(count)
        let text = line.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? line.endIndex
        guard let end = line.lastIndex(where: { $0 != 0x20 && $0 != 0x09 }),
            let space = line[..<end].lastIndex(where: { $0 == 0x20 || $0 == 0x09 }), space > text
        else { return false }
        count = line.distance(from: space, to: line.endIndex)
        output.insert(contentsOf: [0x0d, 0x0a], at: space)
        return true
    }
}

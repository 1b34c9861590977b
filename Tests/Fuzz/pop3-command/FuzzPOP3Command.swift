import MailWire

/// POP3's commands line by line, and TOP's cut through a message.
enum FuzzPOP3Command: FuzzTarget {
    static let name = "pop3-command"

    static func check(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        var rules = Rules()
        for line in input.dropFirst().split(separator: 0x0a, omittingEmptySubsequences: false) {
            rules.none(brokenLine(Array(line.last == 0x0d ? line.dropLast() : line)))
        }
        rules.none(brokenTop(Array(input.dropFirst()), choice))
        return rules.broken
    }

    /// Each command written again is itself; each error is one line that holds nothing of the client's.
    private static func brokenLine(_ line: [UInt8]) -> String? {
        do throws(POP3Error) {
            let command = try POP3Command.parse(line)
            guard let written = spelling(of: command) else { return nil }
            let again = try? POP3Command.parse(written)
            return again == command ? nil : "\(command) is read as \(String(describing: again))"
        } catch {
            let bytes = error.reply.bytes
            let isLine = bytes.suffix(2) == [0x0d, 0x0a] && bytes.dropLast(2).allSatisfy { (0x20...0x7e).contains($0) }
            return isLine ? nil : "the answer \(bytes)"
        }
    }

    private static func spelling(of command: POP3Command) -> [UInt8]? {
        switch command {
        case .user(let name): Array("USER ".utf8) + name
        case .pass(let password): Array("PASS ".utf8) + password
        case .list(let number?): Array("LIST \(number)".utf8)
        case .uidl(let number?): Array("UIDL \(number)".utf8)
        case .retr(let number): Array("RETR \(number)".utf8)
        case .dele(let number): Array("DELE \(number)".utf8)
        case .top(let number, let lines): Array("TOP \(number) \(lines)".utf8)
        default: nil
        }
    }

    /// Cut anywhere, TOP answers the same bytes: the header and so many lines.
    private static func brokenTop(_ message: [UInt8], _ choice: UInt8) -> String? {
        let lines = Int(choice % 8)
        let expected = top(message, lines: lines)
        var rules = Rules()
        for pieces in Pieces.cuts(of: message, choice) + [[message[...]]] {
            var cutter = POP3TopCutter(lines: lines)
            var count = 0
            for piece in pieces where !cutter.isDone { count += piece.withUnsafeBytes { cutter.consume($0) } }
            rules.that(count == expected, "TOP \(lines) has \(count) bytes and not \(expected)")
        }
        return rules.broken
    }

    /// The plainest way to count.
    private static func top(_ message: [UInt8], lines: Int) -> Int {
        var position = 0
        var left: Int?
        while position < message.count, left != 0 {
            let end = message[position...].firstIndex(of: 0x0a).map { $0 + 1 } ?? message.count
            let line = message[position..<end].filter { $0 != 0x0d }
            if let open = left {
                left = end > position && message[end - 1] == 0x0a ? open - 1 : open
            } else if line == [0x0a] {
                left = lines
            }
            position = end
        }
        return position
    }
}

/// RFC 2045 §6.7: white space at the end of a line is dropped, `=` before a line end joins lines, and an `=` that
/// begins nothing stands for itself.
struct QuotedPrintableDecoder: Sendable {
    private enum State { case text, equals, hex(UInt8), equalsBlank, equalsReturn }

    /// More blanks than this are kept even where the line ends after them.
    private static let heldLimit = 1_000

    private var state = State.text
    /// Blanks and CR that may turn out to stand at the end of a line.
    private var held: [UInt8] = []

    mutating func consume(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        output.reserveCapacity(output.count + bytes.count)
        var position = 0
        while position < bytes.count {
            if case .text = state { position = takeRun(bytes, from: position, &output) }
            guard position < bytes.count else { return }
            takeEscape(bytes[position], &output)
            position += 1
        }
    }

    /// Text up to the next byte that needs a closer look, at once; blanks at its end stay in question.
    private mutating func takeRun(_ bytes: UnsafeRawBufferPointer, from start: Int, _ output: inout [UInt8]) -> Int {
        var end = start
        while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "=") { end += 1 }
        var last = end
        while last > start, bytes[last - 1] == 0x20 { last -= 1 }
        guard last > start else { return start }
        release(&output)
        output.append(contentsOf: bytes[start..<last])
        return last
    }

    private mutating func takeText(_ byte: UInt8, _ output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "="):
            release(&output)
            state = .equals
        case 0x0a:
            let hasReturn = held.last == 0x0d
            held.removeAll(keepingCapacity: true)
            if hasReturn { output.append(0x0d) }
            output.append(0x0a)
        case 0x20, 0x09, 0x0d:
            if held.count >= Self.heldLimit { release(&output) }
            held.append(byte)
        default:
            release(&output)
            output.append(byte)
        }
    }

    private mutating func takeEscape(_ byte: UInt8, _ output: inout [UInt8]) {
        switch state {
        case .text:
            takeText(byte, &output)
        case .equals:
            afterEquals(byte, &output)
        case .hex(let high):
            state = .text
            if let first = ByteClass.hexValue(high), let second = ByteClass.hexValue(byte) {
                output.append(first << 4 | second)
            } else {
                output += [UInt8(ascii: "="), high]
                takeText(byte, &output)
            }
        case .equalsBlank, .equalsReturn:
            afterSoftBreak(byte, &output)
        }
    }

    private mutating func afterEquals(_ byte: UInt8, _ output: inout [UInt8]) {
        switch byte {
        case 0x0a: state = .text
        case 0x0d: state = .equalsReturn
        case 0x20, 0x09:
            state = .equalsBlank
            held.append(byte)
        case _ where ByteClass.hexValue(byte) != nil: state = .hex(byte)
        default: giveUpEquals(byte, &output)
        }
    }

    /// Behind `=` and blanks, or behind `=` and CR: only a line end makes it a soft break.
    private mutating func afterSoftBreak(_ byte: UInt8, _ output: inout [UInt8]) {
        if byte == 0x0a {
            held.removeAll(keepingCapacity: true)
            state = .text
        } else if case .equalsReturn = state {
            state = .text
            takeText(byte, &output)
        } else if byte == 0x0d {
            state = .equalsReturn
            held.removeAll(keepingCapacity: true)
        } else if ByteClass.isBlank(byte), held.count < Self.heldLimit {
            held.append(byte)
        } else {
            giveUpEquals(byte, &output)
        }
    }

    private mutating func giveUpEquals(_ byte: UInt8, _ output: inout [UInt8]) {
        output.append(UInt8(ascii: "="))
        state = .text
        takeText(byte, &output)
    }

    private mutating func release(_ output: inout [UInt8]) {
        guard !held.isEmpty else { return }
        output += held
        held.removeAll(keepingCapacity: true)
    }

    mutating func finish(into output: inout [UInt8]) {
        switch state {
        case .equals: break  // a soft break whose line end is missing
        case .hex(let high): output += [UInt8(ascii: "="), high]
        case .text, .equalsBlank, .equalsReturn: break
        }
        self = QuotedPrintableDecoder()
    }
}

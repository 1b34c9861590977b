/// Puts replies together as bytes. A value: fill it, hand `bytes` to the connection, `removeAll()`.
package struct ReplyWriter: Sendable {
    package internal(set) var bytes: [UInt8] = []
    /// For mailbox names and quoted strings; follows the session's ENABLE.
    package var encoding: MailboxEncoding
    /// Of the FETCH response being written.
    var isFirstAttribute = true

    /// Messages are named by their UIDs alone (RFC 9586 §3).
    package var namesUIDs = false

    package init(encoding: MailboxEncoding = .modifiedUTF7, capacity: Int = 0) {
        self.encoding = encoding
        bytes.reserveCapacity(capacity)
    }

    package var count: Int { bytes.count }
    package mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }
    /// All that was written; the writer goes on with nothing.
    package mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }
    package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

// MARK: Plain pieces

extension ReplyWriter {
    @inline(__always)
    package mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    package mutating func raw(_ more: [UInt8]) { bytes.append(contentsOf: more) }
    package mutating func raw(_ more: ArraySlice<UInt8>) { bytes.append(contentsOf: more) }
    package mutating func raw(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }
    /// Words of ours, such as a reply's text; line ends in it become spaces.
    package mutating func text(_ text: String) {
        for byte in text.utf8 { bytes.append(byte == 0x0d || byte == 0x0a || byte == 0 ? 0x20 : byte) }
    }
    package mutating func byte(_ byte: UInt8) { bytes.append(byte) }
    package mutating func space() { bytes.append(0x20) }
    package mutating func open() { bytes.append(0x28) }
    package mutating func close() { bytes.append(0x29) }
    package mutating func endLine() { raw("\r\n") }
    package mutating func nilAtom() { raw("NIL") }

    /// Decimal digits, without making a String.
    package mutating func number(_ value: UInt64) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ByteCursor.maximumDigits) { digits in
            var rest = value
            var place = digits.count
            repeat {
                place -= 1
                digits[place] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
                rest /= 10
            } while rest > 0 && place > 0
            bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: digits[place...]))
        }
    }

    package mutating func number(_ value: UInt32) { number(UInt64(value)) }

    /// Negative numbers have no place in IMAP and are written as zero.
    package mutating func number(_ value: some BinaryInteger) { number(UInt64(clamping: value)) }
}

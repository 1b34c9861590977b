import Glibc
internal import MailMessage

/// Cuts a message that comes in pieces into its header, which is kept, and its body, which goes on.
struct MessageIntake: Sendable {
    /// Without the blank line.
    private(set) var header: [UInt8] = []
    private(set) var isHeaderComplete = false
    /// Longer than is looked at: nothing of it can be trusted.
    private(set) var isTooLong = false
    /// Where the line begins that is being read.
    private var lineStart = 0

    /// What of these bytes belongs to the body; nil while the header goes on.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard !isHeaderComplete else { return bytes }
        var position = 0
        while position < bytes.count, let base = bytes.baseAddress {
            let found = memchr(base + position, 0x0a, bytes.count - position)
            let end = found.map { UnsafeRawPointer($0) - base + 1 } ?? bytes.count
            header.append(contentsOf: bytes[position..<end])
            position = end
            if found != nil { endLine() }
            if header.count > MessageLimits.headerBytes { (isTooLong, isHeaderComplete) = (true, true) }
            if isHeaderComplete { return UnsafeRawBufferPointer(rebasing: bytes[position...]) }
        }
        return nil
    }

    /// The message is over, with or without a body.
    mutating func finish() { isHeaderComplete = true }

    private mutating func endLine() {
        if header[lineStart...].allSatisfy({ $0 == 0x0d || $0 == 0x0a }) {
            header.removeSubrange(lineStart...)
            isHeaderComplete = true
        }
        lineStart = header.count
    }
}

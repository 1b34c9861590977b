import MailWire

/// What one part's octets are like.
struct PartScan {
    private(set) var eightBit = 0
    private(set) var isBinary = false
    private var content = ContentScan()

    var isEightBit: Bool { eightBit > 0 }
    var hasLongLine: Bool { content.hasLongLine }

    mutating func consume(_ chunk: [UInt8]) {
        content.consume(chunk)
        if content.isEightBit { eightBit += chunk.reduce(0) { $0 + Int($1 >> 7) } }
        isBinary = content.isBinary
    }

    mutating func finish() {
        content.finish()
        isBinary = content.isBinary
    }
}

package import MailMessage

/// One message as a file of another mail system holds it, ready to be stored.
package struct ImportedMessage: Sendable, Equatable {
    /// Every line ends with CR LF: IMAP, POP3 and SMTP know no other.
    package var bytes: [UInt8]
    package var flags: [Flag]
    package var receivedAt: EpochSeconds

    package init(bytes: [UInt8], flags: [Flag], receivedAt: EpochSeconds) {
        self.bytes = bytes
        self.flags = flags
        self.receivedAt = receivedAt
    }
}

/// Between the line ends of files (LF) and of mail (CR LF).
package enum LineEnds {
    /// Every LF without a CR before it becomes CR LF; nothing else changes.
    package static func toMail(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 32)
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 0x0a, previous != 0x0d { result.append(0x0d) }
            result.append(byte)
            previous = byte
        }
        return result
    }

    /// Every CR LF becomes LF; a CR elsewhere stays.
    package static func toFile(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            if byte == 0x0a, result.last == 0x0d { result.removeLast() }
            result.append(byte)
        }
        return result
    }
}

import MailMessage

/// Sequence sets and mod-sequences.
extension IMAPParser {
    mutating func spaceSet() throws(SyntaxError) -> SequenceSet {
        try cursor.expectSpace()
        return try sequenceSet()
    }

    // sequence-set = (seq-number / seq-range) ["," sequence-set] / seq-last-command
    mutating func sequenceSet() throws(SyntaxError) -> SequenceSet {
        if cursor.byte(UInt8(ascii: "$")) { return .saved }
        var ranges: [SequenceSet.Range] = []
        repeat {
            guard ranges.count < IMAPLimits.sequenceRanges else {
                throw cursor.failure(.limit, "at most \(IMAPLimits.sequenceRanges) ranges in a set")
            }
            ranges.append(try sequenceRange())
        } while cursor.byte(UInt8(ascii: ","))
        return .ranges(ranges)
    }

    // seq-range = seq-number ":" seq-number
    private mutating func sequenceRange() throws(SyntaxError) -> SequenceSet.Range {
        let first = try sequenceNumber()
        guard cursor.byte(UInt8(ascii: ":")) else { return SequenceSet.Range(first, first) }
        return SequenceSet.Range(first, try sequenceNumber())
    }

    // seq-number = nz-number / "*"
    private mutating func sequenceNumber() throws(SyntaxError) -> SequenceSet.Bound {
        if cursor.byte(UInt8(ascii: "*")) { return .largest }
        let start = cursor.offset
        let value = try cursor.expectNumber("a message number", maximum: UInt64(UInt32.max))
        guard let number = UInt32(exactly: value), number > 0 else {
            throw cursor.failure(.invalid, "a message number", at: start)
        }
        return .number(number)
    }

    // mod-sequence-valzer = "0" / mod-sequence-value                                              (RFC 7162 §7)
    mutating func modSeq() throws(SyntaxError) -> ModSeq {
        let start = cursor.offset
        let value = try cursor.expectNumber("a mod-sequence", maximum: UInt64(Int64.max))
        guard let narrow = Int64(exactly: value), let modSeq = ModSeq(narrow) else {
            throw cursor.failure(.invalid, "a mod-sequence", at: start)
        }
        return modSeq
    }

    // message-batches = "UIDBATCHES" SP nz-number [SP nz-number ":" nz-number]                    (RFC 10022)
    mutating func uidBatches() throws(SyntaxError) -> UIDBatchesCommand {
        try cursor.expectSpace()
        let size = try nonZero("a batch size")
        guard cursor.space() else { return UIDBatchesCommand(size: size, batches: nil) }
        let first = try nonZero("a batch number")
        try cursor.expectByte(UInt8(ascii: ":"), "a colon")
        let start = cursor.offset
        let last = try nonZero("a batch number")
        guard first <= last else { throw cursor.failure(.invalid, "the lower batch number first", at: start) }
        return UIDBatchesCommand(size: size, batches: first...last)
    }

    // nz-number
    private mutating func nonZero(_ expected: String) throws(SyntaxError) -> UInt32 {
        let start = cursor.offset
        let value = try cursor.expectNumber(expected, maximum: UInt64(UInt32.max))
        guard value > 0, let number = UInt32(exactly: value) else {
            throw cursor.failure(.invalid, expected, at: start)
        }
        return number
    }

    // copy = "COPY" SP sequence-set SP mailbox
    mutating func copy(uid: Bool) throws(SyntaxError) -> CopyCommand {
        let set = try spaceSet()
        return CopyCommand(uid: uid, set: set, mailbox: try spaceMailbox())
    }
}

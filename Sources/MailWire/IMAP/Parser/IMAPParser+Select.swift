import MailMessage

/// SELECT and EXAMINE with the parameters of RFC 7162.
extension IMAPParser {
    // select = "SELECT" SP mailbox [SP "(" select-param *(SP select-param) ")"]                   (RFC 4466 §2.4)
    // select-param = "CONDSTORE" / "QRESYNC" SP "(" ... ")"                                       (RFC 7162 §7)
    mutating func select() throws(SyntaxError) -> SelectCommand {
        let mailbox = try spaceMailbox()
        var command = SelectCommand(mailbox: mailbox, condstore: false)
        guard cursor.space() else { return command }
        let limit = IMAPLimits.selectParameters
        _ = try nonEmptyList(of: "parameters", limit: limit) { parser throws(SyntaxError) in
            command = try parser.selectParameter(of: command)
        }
        return command
    }

    private mutating func selectParameter(of command: SelectCommand) throws(SyntaxError) -> SelectCommand {
        let start = cursor.offset
        switch try expectWord("CONDSTORE or QRESYNC") {
        case "CONDSTORE":
            return SelectCommand(mailbox: command.mailbox, condstore: true, qresync: command.qresync)
        case "QRESYNC":
            try cursor.expectSpace()
            return SelectCommand(mailbox: command.mailbox, condstore: command.condstore, qresync: try quickResync())
        default: throw cursor.failure(.invalid, "CONDSTORE or QRESYNC", at: start)
        }
    }

    // "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"
    private mutating func quickResync() throws(SyntaxError) -> QuickResync {
        try cursor.expectByte(UInt8(ascii: "("), "an opening parenthesis")
        let validity = try uidValidity()
        try cursor.expectSpace()
        let modSeq = try modSeq()
        var known: [ClosedRange<UInt32>]?
        var match: SequenceMatch?
        if cursor.space() {
            if cursor.peek() != UInt8(ascii: "(") {
                known = try knownSet()
                if cursor.space() { match = try sequenceMatch() }
            } else {
                match = try sequenceMatch()
            }
        }
        try cursor.expectByte(UInt8(ascii: ")"), "a closing parenthesis")
        return QuickResync(
            uidValidity: validity, modSeq: modSeq, knownUIDs: known.map { UIDSet(ranges: $0.compactMap(Self.uids)) },
            match: match)
    }

    // uidvalidity = nz-number
    private mutating func uidValidity() throws(SyntaxError) -> UInt32 {
        let start = cursor.offset
        let value = try cursor.expectNumber("a UIDVALIDITY", maximum: UInt64(UInt32.max))
        guard value > 0, let validity = UInt32(exactly: value) else {
            throw cursor.failure(.invalid, "a UIDVALIDITY", at: start)
        }
        return validity
    }

    // seq-match-data = "(" known-sequence-set SP known-uid-set ")"
    private mutating func sequenceMatch() throws(SyntaxError) -> SequenceMatch {
        try cursor.expectByte(UInt8(ascii: "("), "an opening parenthesis")
        let numbers = try knownSet()
        try cursor.expectSpace()
        let uids = try knownSet()
        try cursor.expectByte(UInt8(ascii: ")"), "a closing parenthesis")
        return SequenceMatch(numbers: numbers.compactMap(Self.numbers), uids: uids.compactMap(Self.uids))
    }

    // known-uids = sequence-set, "*" not allowed
    private mutating func knownSet() throws(SyntaxError) -> [ClosedRange<UInt32>] {
        let start = cursor.offset
        guard case .ranges(let ranges) = try sequenceSet() else {
            throw cursor.failure(.invalid, "a set of numbers", at: start)
        }
        var known: [ClosedRange<UInt32>] = []
        for range in ranges {
            guard case .number(let one) = range.first, case .number(let two) = range.second else {
                throw cursor.failure(.invalid, "a set without *", at: start)
            }
            known.append(min(one, two)...max(one, two))
        }
        return known
    }

    private static func uids(_ range: ClosedRange<UInt32>) -> ClosedRange<UID>? {
        guard let low = UID(range.lowerBound), let high = UID(range.upperBound) else { return nil }
        return low...high
    }

    private static func numbers(_ range: ClosedRange<UInt32>) -> ClosedRange<SequenceNumber>? {
        guard let low = SequenceNumber(range.lowerBound), let high = SequenceNumber(range.upperBound) else {
            return nil
        }
        return low...high
    }
}

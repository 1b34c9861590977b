import MailMessage

/// STORE and flags.
extension IMAPParser {
    // store = "STORE" SP sequence-set [SP store-modifiers] SP store-att-flags
    // store-modifier = "UNCHANGEDSINCE" SP mod-sequence-valzer                                    (RFC 7162 §7)
    mutating func store(uid: Bool) throws(SyntaxError) -> StoreCommand {
        let set = try spaceSet()
        var unchangedSince: ModSeq?
        if spaceAndParenthesis() {
            try cursor.expectText("(UNCHANGEDSINCE ", "(UNCHANGEDSINCE")
            unchangedSince = try modSeq()
            try cursor.expectByte(UInt8(ascii: ")"), "a closing parenthesis")
        }
        try cursor.expectSpace()
        let mode = storeMode()
        try cursor.expectText("FLAGS", "FLAGS, +FLAGS or -FLAGS")
        let silent = cursor.text(".SILENT")
        try cursor.expectSpace()
        let flags = cursor.peek() == UInt8(ascii: "(") ? try flagList() : try bareFlags()
        return StoreCommand(
            uid: uid, set: set, mode: mode, silent: silent, flags: flags, unchangedSince: unchangedSince)
    }

    private mutating func storeMode() -> StoreCommand.Mode {
        if cursor.byte(UInt8(ascii: "+")) { return .add }
        return cursor.byte(UInt8(ascii: "-")) ? .remove : .replace
    }

    // flag-list = "(" [flag *(SP flag)] ")"
    //
    // APPEND may copy the flags of a FETCH: there we deliberately overlook \Recent, which no client can set.
    mutating func flagList(ignoringRecent: Bool = false) throws(SyntaxError) -> [Flag] {
        let flags = try list(of: "flags", limit: IMAPLimits.flags) { parser throws(SyntaxError) -> Flag? in
            if ignoringRecent, parser.recent() { return nil }
            return try parser.flag()
        }
        return flags.compactMap { $0 }.withoutRepetitions()
    }

    private mutating func bareFlags() throws(SyntaxError) -> [Flag] {
        var flags: [Flag] = []
        repeat {
            guard flags.count < IMAPLimits.flags else { throw cursor.failure(.limit, "fewer flags") }
            flags.append(try flag())
        } while cursor.space()
        return flags.withoutRepetitions()
    }

    private mutating func recent() -> Bool {
        var trial = cursor
        guard trial.text("\\Recent"), trial.peek() == 0x20 || trial.peek() == UInt8(ascii: ")") else { return false }
        cursor = trial
        return true
    }

    // flag = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword / flag-extension
    private mutating func flag() throws(SyntaxError) -> Flag {
        let start = cursor.offset
        guard cursor.byte(UInt8(ascii: "\\")) else { return .keyword(try keyword()) }
        let bits: FlagBits
        switch try expectWord("a flag") {
        case "ANSWERED": bits = .answered
        case "FLAGGED": bits = .flagged
        case "DELETED": bits = .deleted
        case "SEEN": bits = .seen
        case "DRAFT": bits = .draft
        default: throw cursor.failure(.invalid, "a flag that clients may set", at: start)
        }
        return .system(bits)
    }

    // flag-keyword = "$MDNSent" / "$Forwarded" / "$Junk" / "$NotJunk" / "$Phishing" / atom
    mutating func keyword() throws(SyntaxError) -> Keyword {
        let start = cursor.offset
        let atom = try expectAtom("a keyword")
        guard let keyword = Keyword(String(decoding: atom, as: UTF8.self)) else {
            throw cursor.failure(.limit, "a keyword of at most \(Keyword.maximumLength) bytes", at: start)
        }
        return keyword
    }
}

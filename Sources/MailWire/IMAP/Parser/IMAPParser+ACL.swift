import MailMessage

/// RFC 4314 §7.
extension IMAPParser {
    // setacl = "SETACL" SP mailbox SP identifier SP mod-rights
    mutating func setACL() throws(SyntaxError) -> SetACLCommand {
        let mailbox = try spaceMailbox()
        let identifier = try spaceIdentifier()
        try cursor.expectSpace()
        let start = cursor.offset
        var letters = try expectAString("rights")[...]
        let mode: SetACLCommand.Mode
        switch letters.first {
        case UInt8(ascii: "+"): mode = .add
        case UInt8(ascii: "-"): mode = .remove
        default: mode = .replace
        }
        if mode != .replace { letters.removeFirst() }
        // RFC 4314 §3.1: what is not recognised is never passed over.
        guard let rights = MailboxRights(letters: letters.map { Character(UnicodeScalar($0)) }) else {
            throw cursor.failure(.invalid, "rights out of \(MailboxRights.all)cd", at: start)
        }
        return SetACLCommand(mailbox: mailbox, identifier: identifier, mode: mode, rights: rights)
    }

    // deleteacl  = "DELETEACL" SP mailbox SP identifier
    mutating func deleteACL() throws(SyntaxError) -> IMAPCommand.Body {
        .deleteACL(try spaceMailbox(), identifier: try spaceIdentifier())
    }

    // listrights = "LISTRIGHTS" SP mailbox SP identifier
    mutating func listRights() throws(SyntaxError) -> IMAPCommand.Body {
        .listRights(try spaceMailbox(), identifier: try spaceIdentifier())
    }

    // identifier = astring
    //
    // RFC 4314 §3: one that SASLprep (RFC 4013) would refuse, or leave nothing of, is a wrong argument.
    private mutating func spaceIdentifier() throws(SyntaxError) -> [UInt8] {
        try cursor.expectSpace()
        let start = cursor.offset
        let identifier = try expectAString("an identifier")
        guard (1...IMAPLimits.identifierLength).contains(identifier.count), identifier != [UInt8(ascii: "-")],
            String(validating: identifier, as: UTF8.self) != nil,
            identifier.allSatisfy({ $0 >= 0x20 && $0 != 0x7f })
        else { throw cursor.failure(.invalid, "the name of a user or a group", at: start) }
        return identifier
    }
}

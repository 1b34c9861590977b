import MailMessage

/// Reads one complete command: its lines with "\r\n" between them and its literals in place, without the last line end.
///
/// Each rule of RFC 9051 §9 is a function of the same name, in a file by subject. A rule that throws is not resumed:
/// the command is refused as a whole, so only the small elements restore the cursor.
package struct IMAPParser: Sendable {
    var cursor: ByteCursor
    let encoding: MailboxEncoding
    private var tag: String?
    private var name: String?
    /// Where in an APPEND the text ended.
    var appending: AppendGrammar?

    package init(_ bytes: [UInt8], encoding: MailboxEncoding = .modifiedUTF7) {
        cursor = ByteCursor(bytes)
        self.encoding = encoding
    }

    /// For what comes behind a literal of a command whose beginning is known.
    init(_ bytes: [UInt8], continuing identity: (tag: String?, name: String?)) {
        self.init(bytes)
        (tag, name) = identity
    }

    /// How far the last parse came.
    package var offset: Int { cursor.offset }

    // command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF
    package mutating func command() throws(IMAPSyntaxError) -> IMAPCommand {
        do throws(SyntaxError) {
            let tag = try self.expectTag()
            self.tag = tag
            try cursor.expectSpace()
            let name = try commandName()
            self.name = name
            guard let body = try commandBody(name) else {
                throw cursor.failure(.invalid, Self.unknownCommand)
            }
            try cursor.expectEnd()
            return IMAPCommand(tag: tag, name: name, body: body)
        } catch {
            throw report(error)
        }
    }

    // tag = 1*<any ASTRING-CHAR except "+">
    private mutating func expectTag() throws(SyntaxError) -> String {
        let start = cursor.offset
        let tag = try cursor.expectRun(of: IMAPBytes.tag, "a tag")
        guard tag.count <= IMAPLimits.tagLength else { throw cursor.failure(.limit, "a shorter tag", at: start) }
        guard cursor.isAtEnd || cursor.peek() == 0x20 else { throw cursor.failure("a tag and a space") }
        return String(decoding: tag, as: UTF8.self)
    }

    /// The command's word, with the second word of "UID FETCH".
    private mutating func commandName() throws(SyntaxError) -> String {
        let word = try expectWord("a command")
        guard word == "UID" else { return word }
        try cursor.expectSpace()
        return try word + " " + expectWord("FETCH, STORE, SEARCH, SORT, THREAD, COPY, MOVE, EXPUNGE or REPLACE")
    }

    /// The tag and the name of a command that was not read to its end, as far as they can be read.
    package static func identity(of bytes: [UInt8]) -> (tag: String?, name: String?) {
        var parser = IMAPParser(bytes)
        parser.tag = try? parser.expectTag()
        guard parser.tag != nil, parser.cursor.space() else { return (parser.tag, nil) }
        return (parser.tag, try? parser.commandName())
    }

    private static let unknownCommand = "a command of this server"

    func report(_ error: SyntaxError) -> IMAPSyntaxError {
        if error.expected == Self.unknownCommand {
            return IMAPSyntaxError(tag: tag, name: name, reason: .unknownCommand, text: "No such command")
        }
        switch error.reason {
        case .invalid:
            let text = "Syntax error at byte \(error.offset + 1): expected \(error.expected)"
            return IMAPSyntaxError(tag: tag, name: name, reason: .invalid, text: text)
        case .incomplete:
            let text = "The command ended where \(error.expected) was expected"
            return IMAPSyntaxError(tag: tag, name: name, reason: .incomplete, text: text)
        case .limit:
            let text = "Too much at byte \(error.offset + 1): expected \(error.expected)"
            return IMAPSyntaxError(tag: tag, name: name, reason: .limit, text: text)
        }
    }
}

extension IMAPParser {
    /// Nil for a command nobody knows.
    private mutating func commandBody(_ name: String) throws(SyntaxError) -> IMAPCommand.Body? {
        if let body = Self.bare[name] { return body }
        return switch name {
        case "ID": try idCommand()
        case "AUTHENTICATE": try authenticate()
        case "COMPRESS": try compress()
        case "LOGIN": try login()
        case "ENABLE": try enable()
        case "SELECT": .select(try select())
        case "EXAMINE": .examine(try select())
        case "CREATE": try create()
        case "DELETE": .delete(try spaceMailbox())
        case "RENAME": .rename(from: try spaceMailbox(), to: try spaceMailbox())
        case "SUBSCRIBE": .subscribe(try spaceMailbox())
        case "UNSUBSCRIBE": .unsubscribe(try spaceMailbox())
        case "LIST": .list(try list())
        case "LSUB": .lsub(try lsub())
        case "STATUS": try status()
        case "APPEND": .append(try append())
        case "REPLACE", "UID REPLACE": .replace(try replace(uid: name != "REPLACE"))
        case "GETQUOTA": .getQuota(root: try spaceAString())
        case "GETQUOTAROOT": .getQuotaRoot(try spaceMailbox())
        case "SETQUOTA": try setQuota()
        case "GETMETADATA": try getMetadata()
        case "SETMETADATA": try setMetadata()
        case "UIDBATCHES": .uidBatches(try uidBatches())
        case "SETACL": .setACL(try setACL())
        case "DELETEACL": try deleteACL()
        case "GETACL": .getACL(try spaceMailbox())
        case "LISTRIGHTS": try listRights()
        case "MYRIGHTS": .myRights(try spaceMailbox())
        case "UID EXPUNGE": .uidExpunge(try spaceSet())
        case "SEARCH", "UID SEARCH": .search(try search(uid: name != "SEARCH"))
        case "SORT", "UID SORT": .sort(try sort(uid: name != "SORT"))
        case "THREAD", "UID THREAD": .thread(try thread(uid: name != "THREAD"))
        case "NOTIFY": .notify(try notify())
        case "ESEARCH": .multiSearch(try multiSearch())
        case "CANCELUPDATE": try cancelUpdate()
        case "FETCH", "UID FETCH": .fetch(try fetch(uid: name != "FETCH"))
        case "STORE", "UID STORE": .store(try store(uid: name != "STORE"))
        case "COPY", "UID COPY": .copy(try copy(uid: name != "COPY"))
        case "MOVE", "UID MOVE": .move(try copy(uid: name != "MOVE"))
        default: nil
        }
    }

    /// Commands without arguments.
    private static let bare: [String: IMAPCommand.Body] = [
        "CAPABILITY": .capability, "NOOP": .noop, "LOGOUT": .logout, "STARTTLS": .startTLS, "NAMESPACE": .namespace,
        "IDLE": .idle, "CHECK": .check, "CLOSE": .close, "UNSELECT": .unselect, "EXPUNGE": .expunge,
        "UNAUTHENTICATE": .unauthenticate,
    ]
}

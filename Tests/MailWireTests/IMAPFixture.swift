import MailMessage
import MailWire
import Testing

/// One row of a grammar table: the arguments behind the tag, and what they must become.
struct CommandRow: CustomTestStringConvertible, Sendable {
    let text: String
    let body: IMAPCommand.Body
    init(_ text: String, _ body: IMAPCommand.Body) {
        self.text = text
        self.body = body
    }
    var testDescription: String { text.prefix(70).debugDescription }
}

/// One row of refusals: where the parser stopped is part of the text.
struct RefusalRow: CustomTestStringConvertible, Sendable {
    let text: String
    let reason: IMAPSyntaxError.Reason
    let message: String
    init(_ text: String, _ reason: IMAPSyntaxError.Reason, _ message: String) {
        self.text = text
        self.reason = reason
        self.message = message
    }
    var testDescription: String { text.prefix(70).debugDescription }
}

func parse(_ text: String, _ encoding: MailboxEncoding = .modifiedUTF7) throws(IMAPSyntaxError) -> IMAPCommand {
    try parse(Array(text.utf8), encoding)
}

func parse(_ bytes: [UInt8], _ encoding: MailboxEncoding = .modifiedUTF7) throws(IMAPSyntaxError) -> IMAPCommand {
    var parser = IMAPParser(bytes, encoding: encoding)
    let command = try parser.command()
    #expect(parser.offset == bytes.count, "a command is read to its end")
    return command
}

/// Checks one good row, written as the client would.
func expectCommand(_ row: CommandRow) throws {
    let command = try parse("a1 " + row.text)
    #expect(command.tag == "a1")
    #expect(command.body == row.body)
    #expect(row.text.uppercased().hasPrefix(command.name))
}

/// Checks one bad row: the tag must have survived.
func expectRefusal(_ row: RefusalRow) {
    do throws(IMAPSyntaxError) {
        let command = try parse("a1 " + row.text)
        Issue.record("was taken as \(command.body)")
    } catch {
        #expect(error.tag == "a1")
        #expect(error.reason == row.reason)
        #expect(error.text == row.message)
    }
}

func mailbox(_ name: String, _ encoding: MailboxEncoding = .modifiedUTF7) -> WireMailbox {
    WireMailbox(bytes: Array(name.utf8), encoding: encoding)
}

func pattern(_ text: String) -> ListPattern { ListPattern(bytes: Array(text.utf8), encoding: .modifiedUTF7) }

func modSeq(_ value: Int64) -> ModSeq { ModSeq(value) ?? .zero }

func keyword(_ name: String) throws -> Keyword { try #require(Keyword(name)) }

func numbers(_ ranges: (UInt32, UInt32)...) -> SequenceSet {
    .ranges(ranges.map { SequenceSet.Range(.number($0.0), .number($0.1)) })
}

let everything = SequenceSet.ranges([SequenceSet.Range(.number(1), .largest)])
let firstMessage = numbers((1, 1))

func fail(_ what: String) { Issue.record(Comment(rawValue: what)) }

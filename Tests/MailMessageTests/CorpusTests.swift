import Foundation
import MailMessage
import Testing

/// Tests/Corpus/message: one odd mail per file, and what we read in it beside it.
///
/// `RECORD_STRUCTURES=1` writes the second from the first; look at the difference before you commit it.
struct CorpusTests {
    private static let minimum = 25

    private func structure(_ bytes: [UInt8]) -> String {
        let message = ParsedMessage(bytes)
        let sentAt = message.sentAt.map(String.init) ?? "none"
        return message.summary + "sent \(sentAt), \(message.hasAttachment ? "has" : "no") attachment, threads "
            + message.threadKeys.map { text($0) }.joined(separator: " ") + "\n"
            + [message.envelopeText, message.bodyStructureText, message.bodyText]
            .map { text($0).replacingOccurrences(of: "\r\n", with: "\\r\\n") + "\n" }.joined()
    }

    @Test func everyMailIsReadAsItsStructureFileSays() throws {
        let names = try Corpus.names(".eml")
        #expect(names.count >= Self.minimum)
        for name in names {
            let found = structure(try Corpus.bytes(name))
            let file = Corpus.directory.appendingPathComponent(
                name.replacingOccurrences(of: ".eml", with: ".structure"))
            if ProcessInfo.processInfo.environment["RECORD_STRUCTURES"] == "1" {
                try Data(found.utf8).write(to: file)
            }
            #expect(found == text(Array(try Data(contentsOf: file))), "\(name)")
        }
    }

    @Test func chunksCutAnywhereGiveTheSame() throws {
        for name in try Corpus.names(".eml") {
            let bytes = try Corpus.bytes(name)
            let whole = ParsedMessage(bytes)
            for cut in bytes.indices {
                var parser = MessageParser()
                parser.consume(Array(bytes[..<cut]))
                parser.consume(Array(bytes[cut...]))
                #expect(parser.finish().summary == whole.summary, "\(name) cut at \(cut)")
            }
            var parser = MessageParser()
            for byte in bytes { parser.consume([byte]) }
            let message = parser.finish()
            #expect(message.summary == whole.summary, "\(name) byte by byte")
            #expect(message.bodyStructureText == whole.bodyStructureText)
        }
    }

    /// Lists balance, strings end, literals have their length: whatever the mail, the client can read on.
    @Test func whatWeSendIsAlwaysValidIMAP() throws {
        for name in try Corpus.names(".eml") {
            let bytes = try Corpus.bytes(name)
            for cut in stride(from: 0, through: bytes.count, by: 3) {
                let message = ParsedMessage(Array(bytes[..<cut]))
                for text in [message.envelopeText, message.bodyStructureText, message.bodyText] {
                    #expect(IMAPListCheck.isOneList(text), "\(name) cut at \(cut)")
                }
            }
        }
    }

    @Test func partsLieInsideTheirParents() throws {
        for name in try Corpus.names(".eml") {
            let bytes = try Corpus.bytes(name)
            for cut in bytes.indices {
                let message = ParsedMessage(Array(bytes[..<cut]))
                for part in message.parts {
                    #expect(
                        part.headerRange.upperBound == part.bodyRange.lowerBound && part.bodyRange.upperBound <= cut)
                    guard let parent = part.parent.map({ message.parts[$0].bodyRange }) else { continue }
                    let isInside =
                        parent.lowerBound <= part.headerRange.lowerBound
                        && part.bodyRange.upperBound <= parent.upperBound
                    #expect(isInside, "\(name) cut at \(cut) part \(part.index)")
                }
            }
        }
    }
}

/// A small reader of IMAP lists, written from RFC 9051 §9 and not from our writer.
enum IMAPListCheck {
    static func isOneList(_ bytes: [UInt8]) -> Bool {
        var position = 0
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if depth == 0 { return position == bytes.count }
            case UInt8(ascii: "\""): guard skipQuoted(bytes, &position) else { return false }
            case UInt8(ascii: "{"): guard skipLiteral(bytes, &position) else { return false }
            case 0x20, UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "N"), UInt8(ascii: "I"), UInt8(ascii: "L"):
                break
            default: return false
            }
            if depth < 1 { return false }
        }
        return false
    }

    private static func skipQuoted(_ bytes: [UInt8], _ position: inout Int) -> Bool {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return true }
            if byte == 0 || byte == 0x0d || byte == 0x0a || byte >= 0x80 { return false }
            if byte == UInt8(ascii: "\\") { position += 1 }
        }
        return false
    }

    private static func skipLiteral(_ bytes: [UInt8], _ position: inout Int) -> Bool {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "}")),
            let count = Int(text(bytes[position..<end])), bytes[(end + 1)...].starts(with: [0x0d, 0x0a]),
            end + 3 + count <= bytes.count, !bytes[(end + 3)..<(end + 3 + count)].contains(0)
        else { return false }
        position = end + 3 + count
        return true
    }
}

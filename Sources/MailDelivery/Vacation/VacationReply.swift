internal import MailMessage
internal import MailStore

/// The text of one answer (RFC 3834 §3, RFC 5230 §5).
enum VacationReply {
    /// Of the subject that it answers, in characters.
    static let longestSubject = 200
    /// Of the thread: the first and the nearest.
    static let mostReferences = 20
    static let longestIdentifier = 250

    static func text(
        _ vacation: Vacation, from entry: AccountEntry, to sender: EmailAddress, about original: Header,
        at now: EpochSeconds, unique: String
    ) -> [UInt8] {
        var builder = MessageBuilder()
        builder.addDate(MailDate(seconds: now))
        builder.add("From", addresses: [MailAddress(entry.address, name: entry.name)])
        builder.add("To", addresses: [MailAddress(sender)])
        builder.add("Subject", subject(vacation, original))
        builder.addMessageID(unique: unique, domain: entry.address.domain)
        let links = ThreadLinks(original)
        if let own = links.own, isIdentifier(own) {
            builder.add("In-Reply-To", identifiers: [own])
            let before = links.references.filter(isIdentifier)
            let kept = before.count < mostReferences ? before : before.prefix(1) + before.suffix(mostReferences - 2)
            builder.add("References", identifiers: kept + [own])
        }
        builder.add("Auto-Submitted", "auto-replied")
        return Array("Return-Path: <>\r\n".utf8)
            + builder.text(vacation.text.replacing("\n", with: "\r\n") + (vacation.text.hasSuffix("\n") ? "" : "\r\n"))
    }

    private static func subject(_ vacation: Vacation, _ original: Header) -> String {
        guard vacation.subject.isEmpty else { return vacation.subject }
        let subject = original.decoded("Subject") ?? ""
        return "Auto: "
            + String(String.UnicodeScalarView(subject.unicodeScalars.filter { $0.value >= 0x20 })).prefix(
                longestSubject)
    }

    /// It goes into a header of ours: nothing that ends a field or an identifier.
    private static func isIdentifier(_ bytes: [UInt8]) -> Bool {
        bytes.count <= longestIdentifier
            && bytes.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
    }
}

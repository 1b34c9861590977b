internal import MailMessage
internal import MailStore

/// Who gets no answer, whatever is asked of us: the header and envelope say it (RFC 3834 §2, RFC 5230 §4.6).
enum VacationRules {
    /// Of To, Cc and the like that are looked at.
    static let mostAddresses = 100

    enum Obstacle: Equatable {
        /// A report, or an answer that wants none.
        case nullSender
        /// A program or a list, by its name.
        case machine
        case list
        case bulk
        /// Sent by a program (RFC 3834 §5).
        case automatic
        case junk
    }

    /// Nil: a person may have written it.
    static func obstacle(to header: Header, _ envelope: QueueEnvelope) -> Obstacle? {
        guard let sender = envelope.sender else { return .nullSender }
        if envelope.traits.contains(.junk) { return .junk }
        if isMachine(sender.local) || authors(header).contains(where: isMachine) { return .machine }
        if isFromList(header) { return .list }
        if isBulk(header) { return .bulk }
        return isAutomatic(header) ? .automatic : nil
    }

    /// The addresses it was written to by its header; none for a blind copy (RFC 5230 §4.5).
    static func addressees(_ header: Header) -> [EmailAddress] {
        let named = ["To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"].lazy
            .flatMap { header.all($0) }.flatMap { AddressList($0.unfolded).addresses }
        return named.prefix(mostAddresses).compactMap(\.emailAddress)
    }

    private static func authors(_ header: Header) -> [String] {
        header.first("From").map { AddressList($0.unfolded).addresses.prefix(mostAddresses) }?
            .compactMap { $0.emailAddress?.local } ?? []
    }

    /// Names that only programs have.
    static func isMachine(_ local: String) -> Bool {
        let name = local.lowercased()
        let isRole = ["mailer-daemon", "listserv", "majordomo", "daemon", "nobody"].contains(name)
        let isList =
            name.hasPrefix("owner-")
            || ["-request", "-owner", "-bounces", "-bounce", "-relay"].contains(where: name.hasSuffix)
            || name.hasPrefix("bounce") || name.hasPrefix("srs0=") && name.contains("=bounce")
        let words = name.filter { $0.isLetter }
        return isRole || isList
            || ["noreply", "donotreply", "nepasrepondre", "svaraej"].contains(where: words.contains)
    }

    /// RFC 2919, RFC 2369, and what other programs leave.
    private static func isFromList(_ header: Header) -> Bool {
        header.fields.contains { field in
            let name = field.nameText.lowercased()
            return name.hasPrefix("list-") || name == "mailing-list" || name == "x-mailing-list" || name == "x-loop"
        }
    }

    private static func isBulk(_ header: Header) -> Bool {
        header.all("Precedence").contains { ["bulk", "list", "junk"].contains(word($0)) }
    }

    private static func isAutomatic(_ header: Header) -> Bool {
        let isSubmitted = header.all("Auto-Submitted").contains { word($0) != "no" }
        let isSuppressed = header.all("X-Auto-Response-Suppress").contains { field in
            let text = String(decoding: field.unfolded, as: UTF8.self).lowercased()
            return text.contains("oof") || text.contains("all") || text.contains("autoreply")
        }
        let type = header.first("Content-Type").map(word)
        return isSubmitted || isSuppressed || type == "multipart/report"
    }

    /// The first one, without parameters and comments.
    private static func word(_ field: HeaderField) -> String {
        let text = String(decoding: field.unfolded, as: UTF8.self).lowercased()
        return String(text.prefix { $0 != ";" && $0 != "(" && $0 != " " && $0 != "\t" })
    }
}

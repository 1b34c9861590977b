import MailWire

/// The capability list at each moment of a conversation (RFC 9051 §6.1.1). Only what works in full is named.
enum IMAPCapabilities {
    /// Where the conversation stands, as far as capabilities care.
    struct Situation: Sendable {
        var isEncrypted: Bool
        var offersSTARTTLS: Bool
        var isLoggedIn: Bool
        var mechanisms: [SASLMechanism]
    }

    private static let always = ["IMAP4rev1", "IMAP4rev2", "SASL-IR", "LITERAL+", "ID", "ENABLE"]
    private static let afterLogin = [
        "IDLE", "NAMESPACE", "UIDPLUS", "MOVE", "UNSELECT", "CHILDREN", "SPECIAL-USE", "CREATE-SPECIAL-USE",
        "LIST-EXTENDED", "LIST-STATUS", "ESEARCH", "SEARCHRES", "STATUS=SIZE", "BINARY", "CONDSTORE", "QRESYNC",
        "OBJECTID", "PREVIEW", "UIDONLY", "UIDBATCHES", "QUOTA", "QUOTA=RES-STORAGE", "QUOTA=RES-MESSAGE",
        "ACL", "RIGHTS=texk", "LIST-MYRIGHTS",
    ]

    /// Kinds of SEARCH, SORT and THREAD.
    private static let searching = [
        "WITHIN", "SAVEDATE", "SORT", "SORT=DISPLAY", "ESORT", "THREAD=ORDEREDSUBJECT", "THREAD=REFERENCES",
        "THREAD=REFS", "I18NLEVEL=1", "PARTIAL", "CONTEXT=SEARCH", "INPROGRESS", "MULTISEARCH",
    ]

    private static let storing = [
        "MULTIAPPEND", "CATENATE", "URL-PARTIAL", "REPLACE", "UNAUTHENTICATE", "METADATA", "LIST-METADATA",
        "COMPRESS=DEFLATE",
    ]

    static func list(_ situation: Situation, appendLimit: Int64) -> [String] {
        var list = always
        if situation.isLoggedIn {
            return list + afterLogin + searching + storing + ["APPENDLIMIT=\(appendLimit)"]
        }
        if situation.offersSTARTTLS && !situation.isEncrypted { list.append("STARTTLS") }
        return list + authentication(situation)
    }

    /// Nothing secret before TLS, loopback included (RFC 9051 §11.1).
    private static func authentication(_ situation: Situation) -> [String] {
        guard situation.isEncrypted else { return ["LOGINDISABLED"] }
        return situation.mechanisms.map { "AUTH=\($0.rawValue)" }
    }
}

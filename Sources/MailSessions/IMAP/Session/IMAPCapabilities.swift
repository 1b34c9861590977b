import MailWire

/// The capability list at each moment of a conversation (RFC 9051 §6.1.1). Only what works in full is named.
package enum IMAPCapabilities {
    /// Where the conversation stands, as far as capabilities care.
    struct Situation: Sendable {
        var isEncrypted: Bool
        var offersSTARTTLS: Bool
        var isLoggedIn: Bool
        var mechanisms: [SASLMechanism]
    }

    /// What is said with a number.
    struct Numbers: Sendable {
        /// Bytes of one message.
        var appendLimit: Int64 = 0
        /// Of one command; nil: only what APPEND takes is limited.
        var handledLimit: Int?
        var saveLimit = IMAPLimits.appendMessages

        /// RFC 9738 §3: the one or the other.
        fileprivate var names: [String] {
            ["APPENDLIMIT=\(appendLimit)", handledLimit.map { "MESSAGELIMIT=\($0)" } ?? "SAVELIMIT=\(saveLimit)"]
        }
    }

    private static let always = ["IMAP4rev1", "IMAP4rev2", "SASL-IR", "LITERAL+", "ID", "ENABLE"]
    /// Without them there is nothing left that a client and we have in common.
    private static let kept: Set<String> = ["IMAP4REV1", "ID", "ENABLE"]
    private static let afterLogin = [
        "IDLE", "NAMESPACE", "UIDPLUS", "MOVE", "UNSELECT", "CHILDREN", "SPECIAL-USE", "CREATE-SPECIAL-USE",
        "LIST-EXTENDED", "LIST-STATUS", "ESEARCH", "SEARCHRES", "STATUS=SIZE", "BINARY", "CONDSTORE", "QRESYNC",
        "OBJECTID", "PREVIEW", "UIDONLY", "UIDBATCHES", "QUOTA", "QUOTA=RES-STORAGE", "QUOTA=RES-MESSAGE",
        "ACL", "RIGHTS=texk", "LIST-MYRIGHTS", "NOTIFY",
    ]

    /// Kinds of SEARCH, SORT and THREAD.
    private static let searching = [
        "WITHIN", "SAVEDATE", "SORT", "SORT=DISPLAY", "ESORT", "THREAD=ORDEREDSUBJECT", "THREAD=REFERENCES",
        "THREAD=REFS", "I18NLEVEL=1", "PARTIAL", "CONTEXT=SEARCH", "INPROGRESS", "MULTISEARCH",
        "SEARCH=FUZZY",
    ]

    private static let storing = [
        "MULTIAPPEND", "CATENATE", "URL-PARTIAL", "REPLACE", "UNAUTHENTICATE", "METADATA", "LIST-METADATA",
        "COMPRESS=DEFLATE", "UTF8=ACCEPT",
    ]

    /// `withheld`: names in capitals, see `CapabilitySwitches`.
    static func list(_ situation: Situation, _ numbers: Numbers, withheld: Set<String> = []) -> [String] {
        let all = situation.isLoggedIn ? loggedIn(numbers) : always + beforeLogin(situation)
        guard !withheld.isEmpty else { return all }
        let names = withheld.subtracting(kept)
        var list = all.filter { !names.contains($0.uppercased()) && !names.contains(family($0)) }
        // Each excludes the other (RFC 7888 §5).
        if names.contains("LITERAL+"), !names.contains("LITERAL-") { list.append("LITERAL-") }
        return list
    }

    /// Those that can be kept from somebody.
    package static var switchable: Set<String> {
        let names = (loggedIn(Numbers()) + Numbers(handledLimit: 0).names).flatMap { [$0.uppercased(), family($0)] }
        return Set(names + ["LITERAL-"]).subtracting(kept)
    }

    /// `THREAD` for each `THREAD=...`, `APPENDLIMIT` for its number.
    private static func family(_ name: String) -> String { String(name.uppercased().prefix { $0 != "=" }) }

    private static func loggedIn(_ numbers: Numbers) -> [String] {
        always + afterLogin + searching + storing + numbers.names
    }

    private static func beforeLogin(_ situation: Situation) -> [String] {
        (situation.offersSTARTTLS && !situation.isEncrypted ? ["STARTTLS"] : []) + authentication(situation)
    }

    /// Nothing secret before TLS, loopback included (RFC 9051 §11.1).
    private static func authentication(_ situation: Situation) -> [String] {
        guard situation.isEncrypted else { return ["LOGINDISABLED"] }
        return situation.mechanisms.map { "AUTH=\($0.rawValue)" }
    }
}

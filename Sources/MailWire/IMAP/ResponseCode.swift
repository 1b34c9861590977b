package import MailMessage

/// What stands in brackets after OK, NO, BAD, BYE or PREAUTH.
package enum ResponseCode: Sendable, Equatable {
    // RFC 9051 §7.1
    case alert
    case alreadyExists
    case appendUID(validity: UInt32, UIDSet)
    case authenticationFailed
    case authorizationFailed
    case badCharset([String])
    case cannot
    case capability([String])
    case clientBug
    case closed
    case contactAdmin
    /// The n-th UID of the source became the n-th of the destination, both ascending.
    case copyUID(validity: UInt32, source: UIDSet, destination: UIDSet)
    case corruption
    case expired
    case expungeIssued
    case hasChildren
    case inUse
    case limit
    case nonExistent
    case noPermission
    case overQuota
    case parse
    case permanentFlags([Flag], mayCreate: Bool)
    case privacyRequired
    case readOnly
    case readWrite
    case serverBug
    case tryCreate
    case uidNext(UID)
    case uidNotSticky
    case uidValidity(UInt32)
    case unavailable
    case unknownCTE
    /// RFC 3501 §7.1: the first unseen message.
    case unseen(SequenceNumber)
    // RFC 5182, 6154, 7162, 7889
    case notSaved
    case useAttribute
    case highestModSeq(ModSeq)
    case noModSeq
    case modified([ClosedRange<UInt32>])
    case tooBig
    /// RFC 5267 §4.3.1, RFC 9585 §4
    case noUpdate(tag: String)
    case inProgress(tag: String, done: Int?, goal: Int?)
    /// RFC 5465 §3.1: the events there are; §5.8
    case badEvent([String])
    case notificationOverflow
    /// RFC 4978 §3
    case compressionActive
    // RFC 5464 §5
    case metadataLongEntries(UInt64)
    case metadataMaxSize(UInt64)
    case metadataTooMany
    /// RFC 4469 §4.2: the URL that leads nowhere.
    case badURL([UInt8])
    case appendLimit(UInt64)
    /// RFC 9738 §3.1: how many messages one command may handle, and the lowest that it has; nil when it has done nothing.
    case messageLimit(Int, lowest: UID?)
    /// RFC 9586 §3.
    case uidRequired
    /// RFC 10022: of messages in a batch.
    case tooFew
    /// RFC 8474 §4.
    case mailboxID(String)
}

extension ResponseCode {
    /// The codes that are one word.
    var word: StaticString? {
        switch self {
        case .alert: "ALERT"
        case .alreadyExists: "ALREADYEXISTS"
        case .authenticationFailed: "AUTHENTICATIONFAILED"
        case .authorizationFailed: "AUTHORIZATIONFAILED"
        case .cannot: "CANNOT"
        case .clientBug: "CLIENTBUG"
        case .closed: "CLOSED"
        case .contactAdmin: "CONTACTADMIN"
        case .corruption: "CORRUPTION"
        case .expired: "EXPIRED"
        case .expungeIssued: "EXPUNGEISSUED"
        case .hasChildren: "HASCHILDREN"
        case .inUse: "INUSE"
        case .limit: "LIMIT"
        case .nonExistent: "NONEXISTENT"
        case .noPermission: "NOPERM"
        case .overQuota: "OVERQUOTA"
        case .parse: "PARSE"
        case .privacyRequired: "PRIVACYREQUIRED"
        case .readOnly: "READ-ONLY"
        case .readWrite: "READ-WRITE"
        case .serverBug: "SERVERBUG"
        case .tryCreate: "TRYCREATE"
        case .uidNotSticky: "UIDNOTSTICKY"
        case .unavailable: "UNAVAILABLE"
        case .unknownCTE: "UNKNOWN-CTE"
        case .notSaved: "NOTSAVED"
        case .useAttribute: "USEATTR"
        case .noModSeq: "NOMODSEQ"
        case .tooBig: "TOOBIG"
        case .metadataTooMany: "METADATA TOOMANY"
        case .compressionActive: "COMPRESSIONACTIVE"
        case .notificationOverflow: "NOTIFICATIONOVERFLOW"
        case .uidRequired: "UIDREQUIRED"
        case .tooFew: "TOOFEW"
        default: nil
        }
    }
}

extension ReplyWriter {
    /// `[CODE ...]`
    package mutating func code(_ code: ResponseCode) {
        raw("[")
        if let word = code.word { raw(word) } else { codeWithArguments(code) }
        raw("]")
    }

    private mutating func codeWithArguments(_ code: ResponseCode) {
        switch code {
        case .appendUID(let validity, let uids):
            codeNumber("APPENDUID ", validity)
            space()
            set(uids)
        case .copyUID(let validity, let source, let destination):
            codeNumber("COPYUID ", validity)
            space()
            set(source)
            space()
            set(destination)
        case .badCharset(let names):
            raw("BADCHARSET")
            if !names.isEmpty {
                raw(" (")
                list(names) { $0.astring($1) }
                close()
            }
        case .metadataLongEntries(let size): codeNumber("METADATA LONGENTRIES ", size)
        case .metadataMaxSize(let size): codeNumber("METADATA MAXSIZE ", size)
        case .badURL(let url):
            raw("BADURL ")
            quoted(url.filter { (0x20...0x7e).contains($0) })
        case .badEvent(let names):
            raw("BADEVENT (")
            list(names) { $0.text($1) }
            close()
        case .capability(let names):
            raw("CAPABILITY ")
            list(names) { $0.text($1) }
        case .permanentFlags(let flags, let mayCreate):
            raw("PERMANENTFLAGS ")
            self.flags(flags, mayCreate: mayCreate)
        case .modified(let ranges):
            raw("MODIFIED ")
            numberRanges(ranges)
        case .uidNext(let uid): codeNumber("UIDNEXT ", uid.value)
        case .uidValidity(let value): codeNumber("UIDVALIDITY ", value)
        case .unseen(let number): codeNumber("UNSEEN ", number.value)
        case .highestModSeq(let value): codeNumber("HIGHESTMODSEQ ", value.value)
        case .messageLimit(let count, let lowest):
            codeNumber("MESSAGELIMIT ", count)
            if let lowest { codeNumber(" ", lowest.value) }
        case .mailboxID(let id):
            raw("MAILBOXID ")
            objectID(id)
        case .appendLimit(let size): codeNumber("APPENDLIMIT ", size)
        case .noUpdate(let tag):
            raw("NOUPDATE ")
            quoted(tag.utf8)
        case .inProgress(let tag, let done, let goal):
            raw("INPROGRESS (")
            quoted(tag.utf8)
            for value in [done, goal] {
                if let value { codeNumber(" ", value) } else { raw(" NIL") }
            }
            close()
        default: break
        }
    }

    private mutating func codeNumber(_ word: StaticString, _ value: some BinaryInteger) {
        raw(word)
        number(value)
    }
}

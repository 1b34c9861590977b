package import MailMessage

/// SEARCH and UID SEARCH (RFC 9051 §6.4.4).
package struct SearchCommand: Sendable, Equatable {
    package let uid: Bool
    /// Nil without RETURN; `RETURN ()` means ALL and is given as such.
    package let returns: SearchReturns?
    /// As the client spelled it; nil means UTF-8 (and so US-ASCII).
    package let charset: String?
    package let key: SearchKey
    /// Of RETURN (PARTIAL ...).
    package let partial: PartialRange?
    /// Of RETURN (UPDATE (...)): what of new messages goes with ADDTO (RFC 5465 §7).
    package let updateItems: [FetchItem]

    package init(
        uid: Bool, returns: SearchReturns? = nil, charset: String? = nil, key: SearchKey, partial: PartialRange? = nil,
        updateItems: [FetchItem] = []
    ) {
        self.uid = uid
        self.returns = returns
        self.charset = charset
        self.key = key
        self.partial = partial
        self.updateItems = updateItems
    }
}

package struct SearchReturns: OptionSet, Sendable, Equatable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }
    package static let min = SearchReturns(rawValue: 1)
    package static let max = SearchReturns(rawValue: 2)
    package static let all = SearchReturns(rawValue: 4)
    package static let count = SearchReturns(rawValue: 8)
    package static let save = SearchReturns(rawValue: 16)
    package static let partial = SearchReturns(rawValue: 32)
    /// RFC 5267 §4.3 and §4.2: live updates; a hint that the search will come again.
    package static let update = SearchReturns(rawValue: 64)
    package static let context = SearchReturns(rawValue: 128)
    /// RFC 6203 §4
    package static let relevancy = SearchReturns(rawValue: 256)
}

/// A search expression; never deeper than `IMAPLimits.searchDepth`, so that it may be walked recursively.
package indirect enum SearchKey: Sendable, Equatable {
    package enum DateField: Sendable, Equatable { case received, sent, saved }
    package enum EnvelopeField: Sendable, Equatable { case subject, from, to, cc, bcc }
    package enum DateRelation: Sendable, Equatable { case before, on, since }

    case all
    /// Every one of them; never empty.
    case and([SearchKey])
    /// At least one of them; `OR a OR b c` is one list of three.
    case or([SearchKey])
    case not(SearchKey)
    case flag(FlagBits)
    case notFlag(FlagBits)
    case keyword(Keyword)
    case notKeyword(Keyword)
    case new
    case old
    case recent
    case sequence(SequenceSet)
    case uid(SequenceSet)
    /// RFC 9738 §3.2: beyond this UID, which need not exist.
    case uidAfter(UID)
    case uidBefore(UID)
    case larger(UInt64)
    case smaller(UInt64)
    case date(DateField, DateRelation, CalendarDay)
    /// RFC 5032: so many seconds, counted back from now.
    case older(UInt32)
    case younger(UInt32)
    case saveDateSupported
    /// An empty text asks whether the field is there. Bytes are in the command's charset.
    case header(name: [UInt8], text: [UInt8])
    /// What RFC 9051 §6.4.4 looks up in the envelope. Bytes are in the command's charset.
    case envelope(EnvelopeField, [UInt8])
    case body([UInt8])
    /// RFC 8474 §6, as the client spelled it.
    case emailID(String)
    case threadID(String)
    case text([UInt8])
    /// The entry name of RFC 7162 §3.1.5 makes no difference here: flags have no clocks of their own.
    case modSeq(ModSeq)
    /// The texts in it need not stand there exactly (RFC 6203 §3).
    case fuzzy(SearchKey)
}

extension SearchKey {
    package var isFuzzy: Bool {
        switch self {
        case .fuzzy: true
        case .and(let keys), .or(let keys): keys.contains(where: \.isFuzzy)
        case .not(let key): key.isFuzzy
        default: false
        }
    }
}

import MailMessage
import MailStore
import MailWire

/// A search expression made ready for one mailbox: numbers are UIDs, keywords are bits, texts are folded.
///
/// Never deeper than `IMAPLimits.searchDepth`, so recursion over it is bounded.
indirect enum SearchTest: Sendable {
    case all
    case nothing
    case and([SearchTest])
    case or([SearchTest])
    case not(SearchTest)
    case flags(FlagBits)
    case uids(UIDSet)
    case larger(Int64)
    case smaller(Int64)
    /// INTERNALDATE by its day in UTC, as we also write it.
    case received(SearchKey.DateRelation, day: Int)
    /// The moment it came into this mailbox (RFC 8514), by day in UTC.
    case saved(SearchKey.DateRelation, day: Int)
    /// INTERNALDATE by the second (RFC 5032).
    case receivedIn(ClosedRange<EpochSeconds>)
    case modSeq(ModSeq)
    /// What EMAILID and THREADID have been found to mean.
    case messages(Set<MessageID>)
    /// What only the message itself can answer.
    case content(ContentTest)
}

enum ContentTest: Sendable {
    case sent(SearchKey.DateRelation, day: Int)
    case envelope(SearchKey.EnvelopeField, needle: [UInt8], EnvelopeNeedle)
    case header(name: String, needle: [UInt8], PlainScan.Needle)
    case body(needle: [UInt8], PlainScan.Needle)
    case text(needle: [UInt8], PlainScan.Needle)
    case fuzzy(FuzzyPlace, FuzzyNeedle)

    var needsBody: Bool {
        switch self {
        case .sent, .envelope, .header, .fuzzy(.header, _), .fuzzy(.envelope, _): false
        case .body, .text, .fuzzy: true
        }
    }

    /// Beyond what the envelope says.
    var needsHeader: Bool {
        switch self {
        case .header, .text, .fuzzy(.header, _), .fuzzy(.text, _): true
        case .sent, .envelope, .body, .fuzzy: false
        }
    }

    var needsEnvelope: Bool {
        switch self {
        case .sent, .envelope, .fuzzy(.envelope, _): true
        case .header, .body, .text, .fuzzy: false
        }
    }
}

struct EnvelopeDemand: Sendable {
    let item: EnvelopeText.Item
    let needle: EnvelopeNeedle

    func isMissed(in envelope: EnvelopeText) -> Bool { needle.isAbsent(from: item, of: envelope) }
}

/// Where FUZZY looks.
enum FuzzyPlace: Sendable {
    case header(String)
    case envelope(SearchKey.EnvelopeField)
    case body
    case text

    func covers(_ place: SearchedPlace) -> Bool {
        switch self {
        case .header, .envelope: place == .header
        case .body: place == .body
        case .text: true
        }
    }
}

extension SearchKey.DateRelation {
    func holds(_ day: Int, _ limit: Int) -> Bool {
        switch self {
        case .before: day < limit
        case .on: day == limit
        case .since: day >= limit
        }
    }
}

extension SearchTest {
    /// Whether some message's text has to be decoded, not only its header.
    var needsBody: Bool {
        switch self {
        case .and(let tests), .or(let tests): tests.contains(where: \.needsBody)
        case .not(let test): test.needsBody
        case .content(let test): test.needsBody
        default: false
        }
    }

    var needsHeader: Bool {
        switch self {
        case .and(let tests), .or(let tests): tests.contains(where: \.needsHeader)
        case .not(let test): test.needsHeader
        case .content(let test): test.needsHeader
        default: false
        }
    }

    /// Whether an envelope decides some part of it.
    var needsEnvelope: Bool {
        switch self {
        case .and(let tests), .or(let tests): tests.contains(where: \.needsEnvelope)
        case .not(let test): test.needsEnvelope
        case .content(let test): test.needsEnvelope
        default: false
        }
    }

    /// Whether every message's envelope decides, and nothing else: then rows are not looked at first.
    var needsOnlyEnvelopes: Bool {
        switch self {
        case .and(let tests), .or(let tests): !tests.isEmpty && tests.allSatisfy(\.needsOnlyEnvelopes)
        case .not(let test): test.needsOnlyEnvelopes
        case .content(let test): test.needsEnvelope
        default: false
        }
    }

    /// What must stand in the envelope of everything that matches.
    var demands: [EnvelopeDemand] {
        switch self {
        case .and(let tests): tests.flatMap(\.demands)
        case .content(.envelope(let field, _, let needle)): [EnvelopeDemand(item: field.item, needle: needle)]
        default: []
        }
    }

    /// To look for the narrowest set among thousands would take longer than it saves.
    private static let comparedBounds = 16

    /// The UIDs outside of which nothing can match: what the rows are read for.
    var bounds: UIDSet? {
        switch self {
        case .uids(let set): set
        case .nothing: UIDSet()
        case .and(let tests):
            tests.lazy.compactMap(\.bounds).prefix(Self.comparedBounds).map { (set: $0, span: $0.span) }
                .min { $0.span < $1.span }?.set
        default: nil
        }
    }

    /// Leaves only the newest of the messages that would have to be looked at; nil when they are not too many.
    mutating func cut(to limit: Int, of view: UIDRuns) -> ResponseCode? {
        let part = HandledPart(view.intersection(bounds ?? UIDSet(.first ... .last)), limit: limit)
        if part.code != nil { self = .and([.uids(part.uids), self]) }
        return part.code
    }
}

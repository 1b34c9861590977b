import MailMessage
import MailWire

/// What a FETCH needs, found once per command.
struct FetchPlan: Sendable {
    let items: [FetchItem]
    let needsFacts: Bool
    let needsObjects: Bool
    let needsPreviews: Bool
    /// Those that nobody has asked for yet are made.
    let makesPreviews: Bool
    let needsBody: Bool
    /// As many as that may each ask for the whole message.
    let bodyItems: Int64
    let marksSeen: Bool
    let changedSince: ModSeq?
    /// What goes with flags the client did not ask for (RFC 7162 §3.1.4, §3.2.4).
    let unaskedItems: [FetchItem]
    let namesUIDs: Bool

    init(_ command: FetchCommand, marksSeen: Bool, _ features: IMAPFeatures) {
        var items = command.items
        let namesUIDs = features.contains(.uidOnly)  // RFC 9586 §3.3: the response is named by it
        if command.uid, !namesUIDs, !items.contains(.uid) { items.insert(.uid, at: 0) }  // RFC 9051 §6.4.9
        // RFC 7162 §3.1.4.1: CHANGEDSINCE implies MODSEQ.
        if command.changedSince != nil, !items.contains(.modSeq) { items.append(.modSeq) }
        self.init(items, changedSince: command.changedSince, marksSeen: marksSeen, features)
    }

    init(_ items: [FetchItem], changedSince: ModSeq?, marksSeen maySee: Bool, _ features: IMAPFeatures) {
        self.items = items
        needsFacts = items.contains { $0 == .envelope || $0 == .bodyStructure }
        needsObjects = items.contains { $0 == .emailID || $0 == .threadID }
        makesPreviews = items.contains(.preview(lazy: false))
        needsPreviews = makesPreviews || items.contains(.preview(lazy: true))
        needsBody = items.contains(where: \.needsBody)
        bodyItems = Int64(items.count(where: \.needsBody))
        marksSeen = maySee && items.contains(where: \.marksSeen)
        self.changedSince = changedSince
        namesUIDs = features.contains(.uidOnly)
        unaskedItems = [FetchItem.uid, .flags, .modSeq].filter { item in
            switch item {
            case .uid: features.contains(.qresync) && !features.contains(.uidOnly) && !items.contains(.uid)
            case .modSeq: features.contains(.condstore) && !items.contains(.modSeq)
            default: !items.contains(item)
            }
        }
    }

    /// Messages per trip to the store, where they are put together.
    static let rowLimit = 256
    /// Bytes of bodies, or of what is encoded as it comes, per trip; larger bodies are files and are streamed.
    static let bodyLimit: Int64 = 256 << 10
    /// What is encoded as it comes ends here and begins a new piece, in which the last message mostly has room. More than the C
    /// library takes from its heap would be new pages each time.
    static let (pieceSize, pieceRoom) = (60 << 10, 64 << 10)

    /// Where everything stands that is asked for, when nothing has to be put together.
    enum Stream: Sendable { case flags, rows, facts }

    var stream: Stream? {
        if needsBody || needsObjects || needsPreviews { return nil }
        if needsFacts { return .facts }
        return changedSince == nil && items.allSatisfy { $0.inFlagList != nil } ? .flags : .rows
    }
}

extension FetchItem {
    /// Nil where more is asked for than a list of flags holds.
    var inFlagList: FlagLine.Item? {
        switch self {
        case .uid: .uid
        case .flags: .flags
        default: nil
        }
    }

    var needsBody: Bool {
        switch self {
        case .envelope, .flags, .internalDate, .saveDate, .size, .uid, .modSeq, .bodyStructure, .emailID, .threadID,
            .preview:
            false
        // BODY without brackets is not kept beside BODYSTRUCTURE: few clients ask, and parsing is fast.
        case .body, .section, .rfc822, .rfc822Header, .rfc822Text, .binary, .binarySize: true
        }
    }
}

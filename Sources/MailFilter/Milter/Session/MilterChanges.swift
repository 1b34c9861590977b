/// What one filter asks for at the end of a message, in its order, within bounds: done only when the filter ends well.
struct MilterChanges {
    private(set) var headers: [MilterChange] = []
    private(set) var envelope: [EnvelopeChange] = []
    private(set) var quarantine: String?
    private(set) var bodySize: Int64 = 0
    private var count = 0
    private var size = 0
    private let policy: MilterPolicy

    init(_ policy: MilterPolicy) { self.policy = policy }

    mutating func add(_ change: MilterChange) throws(MilterFailure) {
        if case .replaceBody(let piece) = change {
            bodySize += Int64(piece.count)
            guard bodySize <= policy.largestBody else { throw .nonsense("a body too large") }
            return
        }
        count += 1
        size += change.size
        guard count <= policy.mostChanges, size <= policy.largestChanges else { throw .nonsense("too many changes") }
        keep(change)
    }

    private mutating func keep(_ change: MilterChange) {
        switch change {
        case .addHeader, .insertHeader, .changeHeader: headers.append(change)
        case .addRecipient(let address, let parameters):
            envelope.append(.addRecipient(address, parameters: parameters))
        case .deleteRecipient(let address): envelope.append(.deleteRecipient(address))
        case .changeSender(let address, let parameters): envelope.append(.sender(address, parameters: parameters))
        case .quarantine(let reason): quarantine = reason
        case .replaceBody: break
        }
    }

    /// `isSpaced`: the filter writes the blank behind the colon itself.
    func apply(to draft: inout MessageDraft, isSpaced: Bool) {
        guard !headers.isEmpty else { return }
        for change in headers { Self.apply(change, to: &draft.header, isSpaced) }
    }

    static func apply(_ change: MilterChange, to header: inout HeaderBlock, _ isSpaced: Bool) {
        switch change {
        case .addHeader(let name, let value):
            HeaderField(name: name, value: value, isSpaced: isSpaced).map { header.append($0) }
        case .insertHeader(let place, let name, let value):
            HeaderField(name: name, value: value, isSpaced: isSpaced).map {
                header.insert($0, at: Int(clamping: place))
            }
        case .changeHeader(let nth, let name, let value):
            let field = value.isEmpty ? nil : HeaderField(name: name, value: value, isSpaced: isSpaced)
            header.change(nth: Int(clamping: nth), named: name, to: field)
        default: break
        }
    }
}

extension MilterChange {
    fileprivate var size: Int {
        switch self {
        case .addHeader(let name, let value), .insertHeader(_, let name, let value),
            .changeHeader(_, let name, let value):
            name.count + value.count
        case .addRecipient(let address, let more), .changeSender(let address, let more):
            address.utf8.count + more.utf8.count
        case .deleteRecipient(let text), .quarantine(let text): text.utf8.count
        case .replaceBody(let piece): piece.count
        }
    }
}

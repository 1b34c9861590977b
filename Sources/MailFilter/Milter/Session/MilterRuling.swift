/// What a reply means for the message, wherever in the conversation it comes.
enum MilterRuling: Equatable {
    case goOn
    /// The filter wants to see no more of it.
    case done
    case end(FilterVerdict)

    init(_ reply: MilterReply) throws(MilterFailure) {
        switch reply {
        case .continue, .skip: self = .goOn
        case .accept: self = .done
        case .reject: self = .end(.refusedByFilter)
        case .tempfail: self = .end(.deferredByFilter)
        case .discard: self = .end(.discard)
        case .reply(let text): self = .end(FilterVerdict(text))
        case .shutdown: self = .end(.shutByFilter)
        case .connectionFailed: throw .closed
        case .progress, .options, .change: throw .nonsense("a reply out of place")
        }
    }
}

import MailMessage

/// Tells the places of UIDs that are asked for in ascending order, without searching anew each time.
struct NumberWalk {
    private let runs: [UIDRuns.Run]
    private var index = 0

    /// Of the members of `set` alone.
    init(_ view: UIDRuns, over set: UIDSet) { runs = view.pieces(of: set) }

    /// Nil when it is not in the view.
    mutating func number(of uid: UID) -> SequenceNumber? {
        while index < runs.count, runs[index].last < uid.value { index += 1 }
        guard index < runs.count, runs[index].first <= uid.value else { return nil }
        return SequenceNumber(runs[index].before &+ (uid.value &- runs[index].first) &+ 1)
    }
}

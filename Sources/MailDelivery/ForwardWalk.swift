internal import MailStore

/// From the accounts that one recipient reaches along their forwards to those that keep the message, and to other places.
/// Pure: where a forward leads is told from outside.
///
/// Nothing gets lost: who would close a circle, is too far along, or cannot send it on keeps it.
struct ForwardWalk {
    /// Forwards behind forwards behind forwards.
    static let deepest = AliasLimits.depth

    struct Step {
        let entry: AccountEntry
        /// The accounts it came through.
        let path: [AccountID]
    }

    /// One forward to another place.
    struct Leaving {
        let entry: AccountEntry
        let forward: Forward
    }

    /// One forward to somebody here.
    struct PassedOn {
        let entry: AccountEntry
        let forward: Forward
    }

    private var waiting: [Step]
    private var entered: Set<AccountID> = []
    private(set) var kept: [AccountEntry] = []
    private(set) var leaving: [Leaving] = []
    /// Those that led to somebody here.
    private(set) var passedOn: [PassedOn] = []
    /// Whose forward was followed, with a copy or without.
    private(set) var sentOn: Set<AccountID> = []

    init(from accounts: [AccountEntry]) { waiting = accounts.reversed().map { Step(entry: $0, path: []) } }

    /// The next account whose forward has to be looked at. The last one in comes first: an account that was entered and is not
    /// on the path has been settled.
    mutating func next() -> (Step, Forward)? {
        while let step = waiting.popLast() {
            guard entered.insert(step.entry.id).inserted else { continue }
            if let forward = step.entry.onward, step.path.count < Self.deepest { return (step, forward) }
            kept.append(step.entry)
        }
        return nil
    }

    /// It is not sent on after all.
    mutating func stays(_ step: Step) { kept.append(step.entry) }

    mutating func leaves(_ step: Step, _ forward: Forward) {
        leaving.append(Leaving(entry: step.entry, forward: forward))
        sentOn.insert(step.entry.id)
        if forward.keepsCopy { kept.append(step.entry) }
    }

    mutating func leads(_ step: Step, _ forward: Forward, to accounts: [AccountEntry]) {
        let path = step.path + [step.entry.id]
        let further = accounts.filter { !path.contains($0.id) }
        if forward.keepsCopy || further.count < accounts.count || further.isEmpty { kept.append(step.entry) }
        if !further.isEmpty {
            sentOn.insert(step.entry.id)
            passedOn.append(PassedOn(entry: step.entry, forward: forward))
        }
        waiting += further.reversed().map { Step(entry: $0, path: path) }
    }
}

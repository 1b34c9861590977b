/// The way from one address through aliases to accounts. Pure: who owns an address is told from outside.
///
/// Circles are cut (an alias is entered once); ways deeper than `AliasLimits.depth` or to more accounts than
/// `AliasLimits.accounts` end the walk as too far.
struct AliasWalk {
    struct Step {
        let key: AddressKey
        let depth: Int
    }

    private var waiting: [Step]
    private var entered: Set<AliasID> = []
    private var known: Set<AccountID> = []
    private(set) var accounts: [AccountID] = []
    private(set) var leadsElsewhere = false
    private(set) var wentTooFar = false
    private var metCircle = false
    private var metNobody = false

    init(from key: AddressKey) { waiting = [Step(key: key, depth: 0)] }

    /// True when circles are all there was.
    var onlyCircles: Bool { metCircle && !metNobody && accounts.isEmpty }

    mutating func next() -> Step? { wentTooFar ? nil : waiting.popLast() }

    mutating func add(_ key: AddressKey, depth: Int) { waiting.append(Step(key: key, depth: depth)) }

    /// False when the alias has been followed already.
    mutating func enter(_ alias: AliasID, at depth: Int) -> Bool {
        guard entered.insert(alias).inserted else {
            metCircle = true
            return false
        }
        if depth >= AliasLimits.depth { wentTooFar = true }
        return !wentTooFar
    }

    mutating func found(_ account: AccountID) {
        guard known.insert(account).inserted else { return }
        accounts.append(account)
        if accounts.count > AliasLimits.accounts { wentTooFar = true }
    }

    mutating func foundElsewhere() { leadsElsewhere = true }
    mutating func foundNobody() { metNobody = true }
}

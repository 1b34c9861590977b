/// Jobs that wait for a few places: each source has its own line and the sources take turns, so that a flood from one of them
/// makes nobody else wait. Those whose source is known come first, three times out of four. Pure.
struct FairQueue<Source: Hashable & Sendable, Job> {
    /// Turns of the known for one of a stranger, when both wait.
    static var knownTurns: Int { 3 }

    let perSource: Int
    let total: Int
    private var known = Turns<Source, Job>()
    private var strangers = Turns<Source, Job>()
    private var turnsLeft = Self.knownTurns

    init(perSource: Int, total: Int) {
        self.perSource = perSource
        self.total = total
    }

    var count: Int { known.count + strangers.count }

    /// False when the source's line, or all of them together, are full: the job is not taken.
    mutating func add(_ job: Job, from source: Source, isKnown: Bool) -> Bool {
        let waiting = known.count(of: source) + strangers.count(of: source)
        guard waiting < perSource, count < total else { return false }
        if isKnown { known.add(job, source) } else { strangers.add(job, source) }
        return true
    }

    mutating func next() -> Job? {
        if turnsLeft > 0 || strangers.count == 0, let job = known.next() {
            turnsLeft -= turnsLeft > 0 ? 1 : 0
            return job
        }
        turnsLeft = Self.knownTurns
        return strangers.next() ?? known.next()
    }
}

/// Lines of jobs, one per source, served in turn.
private struct Turns<Source: Hashable & Sendable, Job> {
    private var lines: [Source: Line<Job>] = [:]
    private var order = Line<Source>()
    private(set) var count = 0

    func count(of source: Source) -> Int { lines[source]?.count ?? 0 }

    mutating func add(_ job: Job, _ source: Source) {
        if lines[source] == nil { order.append(source) }
        lines[source, default: Line()].append(job)
        count += 1
    }

    mutating func next() -> Job? {
        guard let source = order.removeFirst(), let job = lines[source]?.removeFirst() else { return nil }
        count -= 1
        if lines[source]?.count == 0 { lines[source] = nil } else { order.append(source) }
        return job
    }
}

/// First in, first out.
private struct Line<Element> {
    private var elements: [Element?] = []
    private var head = 0

    var count: Int { elements.count - head }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func removeFirst() -> Element? {
        guard head < elements.count else { return nil }
        let first = elements[head]
        elements[head] = nil
        head += 1
        if head * 2 > elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return first
    }
}

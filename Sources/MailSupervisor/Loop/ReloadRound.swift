/// New certificates on their way to the workers, and what they answer.
struct ReloadRound {
    private static let patience = Duration.seconds(10)

    let shape: ServerShape
    let deadline: Duration
    private(set) var waiting: Set<Int>
    private(set) var refusal: String?

    init(_ shape: ServerShape, slots: Set<Int>, now: Duration) {
        self.shape = shape
        waiting = slots
        deadline = now + Self.patience
    }

    var isOver: Bool { waiting.isEmpty }

    mutating func answered(_ slot: Int, refusal words: String?) {
        guard waiting.remove(slot) != nil else { return }
        refusal = refusal ?? words
    }

    /// A worker that died reads the new files when it is started again.
    mutating func died(_ slot: Int) { waiting.remove(slot) }

    mutating func end() {
        if !waiting.isEmpty { refusal = refusal ?? "\(waiting.count) workers did not answer" }
        waiting = []
    }
}

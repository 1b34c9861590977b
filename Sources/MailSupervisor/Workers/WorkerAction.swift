/// What the supervisor is to do after an event.
package enum WorkerAction: Sendable, Equatable {
    package enum Impatience: String, Sendable {
        case slowStart = "slow_start", silent, slowDrain = "slow_drain", unwanted
    }

    /// Start a process and report it by `spawned` or `spawnFailed`.
    case spawn(slot: Int, WorkerSeat, generation: Int)
    case tellToDrain(slot: Int)
    case kill(slot: Int, Impatience)
    /// For the log. What the process had in shared memory goes.
    case ended(Worker, WorkerEnd, isLoss: Bool)
    /// Everybody of this generation is ready, and the one before is draining.
    case serving(generation: Int)
    /// The new generation does not come to life; the old one, if there is one, goes on.
    case givenUp(generation: Int, WorkerSeat, WorkerEnd)
    /// Nobody is left, and nobody is wanted.
    case finished(code: Int32)
}

/// How long the supervisor waits for what.
package struct WorkerRules: Sendable, Equatable {
    /// From the start to "ready": the store may have logs to bring in.
    package var start = Duration.seconds(60)
    /// Between two signs of life of a ready worker.
    package var silence = Duration.seconds(30)
    /// What the sessions of a draining worker have.
    package var drain = Duration.seconds(60)
    /// What the worker itself has beyond that, to close its store.
    package var grace = Duration.seconds(15)

    package init() {}
}

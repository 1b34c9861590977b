/// One process, from the moment it is wanted until it is reaped.
package struct Worker: Sendable, Equatable {
    package enum State: String, Sendable { case starting, ready, draining, killed }

    package let slot: Int
    package let seat: WorkerSeat
    package let generation: Int
    package let startedAt: Duration
    /// Nil until it is started.
    package var pid: Int32?
    package var state = State.starting
    package var connections = 0
    /// It was told to go, or its generation was given up: its end is no loss.
    package var isLeaving = false
    /// When patience ends, whatever it is that is waited for.
    package var deadline: Duration?

    package init(slot: Int, seat: WorkerSeat, generation: Int, startedAt: Duration) {
        self.slot = slot
        self.seat = seat
        self.generation = generation
        self.startedAt = startedAt
    }
}

/// A worker's unwanted end.
package struct WorkerDeath: Sendable, Equatable {
    package let pid: Int32
    package let end: WorkerEnd
    /// When, by the clock of the table.
    package let at: Duration

    package init(pid: Int32, end: WorkerEnd, at: Duration) {
        self.pid = pid
        self.end = end
        self.at = at
    }
}

/// A seat and its story.
package struct WorkerPost: Sendable, Equatable {
    package let seat: WorkerSeat
    /// Who sits there.
    package var slot: Int?
    /// When somebody shall sit there again.
    package var due: Duration?
    package var restarts = 0
    package var lastDeath: WorkerDeath?
    var backOff = BackOff()

    package init(_ seat: WorkerSeat) { self.seat = seat }
}

/// The workers of one configuration.
package struct WorkerGeneration: Sendable, Equatable {
    package let number: Int
    package var posts: [WorkerPost]
}

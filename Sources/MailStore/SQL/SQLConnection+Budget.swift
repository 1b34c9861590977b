internal import CSQLite

extension SQLConnection {
    /// SQLite's own steps between two looks at the clock: some microseconds.
    private static let stepsPerLook: Int32 = 1_000

    /// Runs the body; when the budget is used up `checkTime` throws `StoreError.outOfTime`. Only there: SQLite takes back all of
    /// a transaction, others' writes with it, when one of its writing statements is interrupted.
    func timed<T>(by budget: TimeBudget?, _ body: () throws -> T) throws -> T {
        guard let budget else { return try body() }
        let began = TimeBudget.now()
        owner.deadline = budget.deadline(from: began)
        defer {
            owner.deadline = nil
            budget.spend(TimeBudget.now() - began)
        }
        return try body()
    }

    /// The same for reads, which also end inside a statement.
    func limited<T>(by budget: TimeBudget?, _ body: () throws -> T) throws -> T {
        guard let budget else { return try body() }
        sqlite3_progress_handler(handle, Self.stepsPerLook, isOutOfTime, Unmanaged.passUnretained(owner).toOpaque())
        defer { sqlite3_progress_handler(handle, 0, nil, nil) }
        do { return try timed(by: budget, body) } catch {
            // An interrupted statement; only this interrupts any.
            guard budget.isSpent, case .closed? = error as? StoreError else { throw error }
            throw StoreError.outOfTime
        }
    }

    /// For work between statements.
    func checkTime() throws {
        if owner.isOutOfTime { throw StoreError.outOfTime }
    }
}

extension SQLHandle {
    var isOutOfTime: Bool { deadline.map { TimeBudget.now() >= $0 } ?? false }
}

private func isOutOfTime(_ owner: UnsafeMutableRawPointer?) -> Int32 {
    guard let owner else { return 0 }
    return Unmanaged<SQLHandle>.fromOpaque(owner).takeUnretainedValue().isOutOfTime ? 1 : 0
}

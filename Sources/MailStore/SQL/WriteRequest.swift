/// One caller's write inside a group commit. Used by one thread at a time, in turn.
final class WriteRequest: @unchecked Sendable {
    let isRelaxed: Bool
    private let attempt: (SQLConnection, WriteEffects) throws -> Void
    private let report: (StoreError?) -> Void
    private(set) var effects = WriteEffects()

    init<T: Sendable>(
        isRelaxed: Bool, _ body: @escaping @Sendable (SQLConnection, WriteEffects) throws -> T,
        finish: @escaping @Sendable (Result<T, StoreError>) -> Void
    ) {
        self.isRelaxed = isRelaxed
        let value = Box<T>()
        attempt = { connection, effects in value.content = try body(connection, effects) }
        report = { error in
            if let error { return finish(.failure(error)) }
            guard let content = value.content else { return finish(.failure(.closed)) }
            finish(.success(content))
        }
    }

    /// Runs the body once; nil when it went through.
    func run(on connection: SQLConnection) -> StoreError? {
        effects = WriteEffects()
        do {
            try attempt(connection, effects)
            return nil
        } catch {
            return StoreError(wrapping: error)
        }
    }

    func undo() {
        for action in effects.onRollback.reversed() { action() }
        effects = WriteEffects()
    }

    func complete(_ error: StoreError?) { report(error) }

    private final class Box<T> { var content: T? }
}

/// What has to happen outside the database once a write is known to have happened, or not to have.
package final class WriteEffects {
    private(set) var onCommit: [() -> Void] = []
    private(set) var onRollback: [() -> Void] = []

    package func afterCommit(_ action: @escaping () -> Void) { onCommit.append(action) }
    package func afterRollback(_ action: @escaping () -> Void) { onRollback.append(action) }
}

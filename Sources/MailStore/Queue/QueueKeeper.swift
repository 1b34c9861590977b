internal import Glibc

/// The right to take mail out of the queue: one process of all that serve a store has it, until it closes this or dies.
package final class QueueKeeper: Sendable {
    private let descriptor: Int32

    /// Nil while another process has it.
    init?(at path: String) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }
}

extension MailStore {
    /// Nil while another process keeps the queue, as during an upgrade.
    package func keepQueue() -> QueueKeeper? { QueueKeeper(at: path + "/run/queue.lock") }
}

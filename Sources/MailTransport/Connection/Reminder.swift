import NIOCore

/// Calls somebody on the connection's event loop every so many seconds, until it is ended there.
package final class Reminder {
    private let wheel: DeadlineWheel
    private var deadline: Deadline?

    fileprivate init(on wheel: DeadlineWheel, every pause: TimeAmount, _ remind: @escaping () -> Void) {
        self.wheel = wheel
        let deadline = Deadline { [weak self] in
            remind()
            if let self, let deadline = self.deadline { wheel.set(deadline, after: pause) }
        }
        self.deadline = deadline
        wheel.set(deadline, after: pause)
    }

    /// Has to come before it goes away.
    package func end() {
        if let deadline { wheel.remove(deadline) }
        deadline = nil
    }
}

extension Connection {
    package func remind(every seconds: Int, _ remind: @escaping () -> Void) -> Reminder {
        Reminder(on: resources.wheel, every: .seconds(Int64(clamping: max(1, seconds))), remind)
    }
}

import NIOCore

/// Somebody with a deadline. `due` may move at any time for the price of a store; the wheel notices when it looks.
final class Deadline {
    fileprivate unowned(unsafe) var next: Deadline?
    fileprivate unowned(unsafe) var previous: Deadline?
    fileprivate var place: Int64?  // the tick at which the wheel looks
    fileprivate var due = Int64.max
    /// Called on the event loop when the time has come; the deadline is no longer set then.
    let passed: () -> Void

    init(passed: @escaping () -> Void) { self.passed = passed }
}

/// The deadlines of one event loop's connections: one timer for all, nothing allocated when one is set, moved or cleared.
/// A deadline that moves to later stays where it is until the wheel comes to it.
final class DeadlineWheel {
    static let tick = TimeAmount.milliseconds(100)
    private static let slots: Int64 = 2048  // 205 seconds; what is further away is looked at on the way

    private let loop: any EventLoop
    private var heads = [Unmanaged<Deadline>?](repeating: nil, count: Int(slots))
    private var linked = 0
    private var seen: Int64  // all ticks up to this one have been looked at
    private var timer: (tick: Int64, scheduled: Scheduled<Void>)?
    private var turning = false

    init(_ loop: any EventLoop) {
        self.loop = loop
        seen = Self.tick(at: loop.now)
    }

    func set(_ deadline: Deadline, after amount: TimeAmount) {
        set(deadline, atTick: tick(after: amount))
    }

    /// The tick at which so much time has passed for certain.
    func tick(after amount: TimeAmount) -> Int64 { Self.tick(at: loop.now + amount) + 1 }

    func set(_ deadline: Deadline, atTick tick: Int64) {
        deadline.due = tick
        if let place = deadline.place {
            if place <= tick { return }
            unlink(deadline)
        }
        link(deadline)
    }

    func clear(_ deadline: Deadline) { deadline.due = .max }

    /// Before the deadline's owner goes away.
    func remove(_ deadline: Deadline) {
        deadline.due = .max
        if deadline.place != nil { unlink(deadline) }
        if linked == 0 { stopTimer() }
    }

    // MARK: Lists

    private static func tick(at time: NIODeadline) -> Int64 {
        Int64(clamping: time.uptimeNanoseconds) / tick.nanoseconds
    }

    private static func slot(_ tick: Int64) -> Int { Int(tick & (slots - 1)) }

    private func link(_ deadline: Deadline) {
        let place = min(max(deadline.due, seen + 1), seen + Self.slots - 1)
        let slot = Self.slot(place)
        let head = heads[slot]?.takeUnretainedValue()
        deadline.place = place
        deadline.next = head
        head?.previous = deadline
        heads[slot] = Unmanaged.passUnretained(deadline)
        linked += 1
        wake(at: place)
    }

    private func unlink(_ deadline: Deadline) {
        guard let place = deadline.place else { return }
        if let previous = deadline.previous {
            previous.next = deadline.next
        } else {
            heads[Self.slot(place)] = deadline.next.map { Unmanaged.passUnretained($0) }
        }
        deadline.next?.previous = deadline.previous
        (deadline.next, deadline.previous, deadline.place) = (nil, nil, nil)
        linked -= 1
    }

    // MARK: Timer

    private func wake(at tick: Int64) {
        if turning { return }
        if let timer, timer.tick <= tick { return }
        stopTimer()
        let wheel = NIOLoopBound(self, eventLoop: loop)
        let time = NIODeadline.uptimeNanoseconds(UInt64(clamping: tick * Self.tick.nanoseconds))
        timer = (tick, loop.scheduleTask(deadline: time) { wheel.value.turn() })
    }

    private func stopTimer() {
        timer?.scheduled.cancel()
        timer = nil
    }

    private func turn() {
        timer = nil
        turning = true
        let now = Self.tick(at: loop.now)
        seen = max(seen, now - Self.slots)  // after a long sleep each slot is looked at once
        while seen < now {
            seen += 1
            look(at: Self.slot(seen))
        }
        turning = false
        guard linked > 0 else { return }
        let next = (1..<Self.slots).first { heads[Self.slot(seen + $0)] != nil } ?? Self.slots - 1
        wake(at: seen + next)
    }

    /// What is linked again lands in another slot than this one.
    private func look(at slot: Int) {
        while let deadline = heads[slot]?.takeUnretainedValue() {
            unlink(deadline)
            if deadline.due == .max { continue }
            if deadline.due > seen {
                link(deadline)
            } else {
                deadline.due = .max
                deadline.passed()
            }
        }
    }
}

import NIOCore
import Synchronization

/// Each read first sends what was written if it must wait. nil: the peer will send no more.
extension Connection {
    /// The limit counts octets with CRLF, as the RFCs do. A line cut off by the end of input is not a line.
    /// `continuing`: in the middle of a command, which a stopping server lets finish.
    package func readLine(limit: Int, continuing: Bool = false) async throws(ConnectionError) -> InputLine? {
        while true {
            try await makeRoom()
            if let line = try bufferedLine(limit) { return line }
            if try hasEnded(atCommand: !continuing) { return nil }
            try await moreInput(ofLine: true)
        }
    }

    package func readLineOrSignal(limit: Int) async throws(ConnectionError) -> LineOrSignal {
        while true {
            try await makeRoom()
            if let line = try bufferedLine(limit) { return .line(line) }
            if flags.signalled.exchange(false, ordering: .acquiringAndReleasing) { return .signal }
            if try hasEnded(atCommand: true) { return .closed }
            try await moreInput(ofLine: true)
        }
    }

    /// What is there, at least one octet and at most `max`: for DATA, BDAT, literals.
    package func readChunk(max: Int) async throws(ConnectionError) -> [UInt8]? {
        while true {
            if let chunk = input.take(max) { return chunk }
            if try hasEnded(atCommand: false) { return nil }
            try await moreInput()
        }
    }

    /// Gives back the end of the last chunk: it is read again first. For what was pipelined behind DATA's end.
    package func putBack(_ bytes: ArraySlice<UInt8>) { input.putBack(bytes) }

    /// Something is there already: the peer pipelines.
    package var hasBufferedInput: Bool { !input.isEmpty }

    /// Nothing more can come, as far as is known by now: the peer has closed, or the connection is lost.
    package var peerHasEnded: Bool { state.ending != nil || state.phase != .open }

    /// Whoever pipelines commands and does not read the answers is not read further: they would fill the memory.
    private func makeRoom() async throws(ConnectionError) {
        if !way.channel.isWritable { try await drain() }
    }

    @inline(never)
    private func bufferedLine(_ limit: Int) throws(ConnectionError) -> InputLine? {
        switch input.nextLine(limit: limit) {
        case .line(let line):
            state.waitsUntil = nil
            return line
        case .incomplete: return nil
        case .tooLong(let line):
            state.waitsUntil = nil
            state.readFailed = true
            throw .lineTooLong(line)
        case .endless:
            state.readFailed = true
            throw .endlessLine
        }
    }

    /// Whether the peer has sent something before it was spoken to. Waits no longer than the socket needs to be asked once.
    package func talksFirst() async -> Bool {
        guard !state.isInMemory else { return false }  // there is no socket to ask
        if input.isEmpty {
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                _ = resources.loop.scheduleTask(in: Self.listeningTime) { continuation.resume() }
            }
        }
        return hasBufferedInput
    }

    /// Tasks alone would run before the socket is asked.
    private static let listeningTime = TimeAmount.milliseconds(1)

    private func hasEnded(atCommand: Bool) throws(ConnectionError) -> Bool {
        if case .failed(let error) = state.ending { throw error }
        if state.ending == .endOfInput { return true }
        guard state.phase != .closing, state.phase != .closed else { throw .closed }
        if atCommand, flags.dismissed.load(ordering: .relaxed) { throw .dismissed }
        if atCommand, isDraining, input.isEmpty { throw .draining }
        return false
    }

    private func moreInput(ofLine: Bool = false) async throws(ConnectionError) {
        resources.loop.preconditionInEventLoop()
        state.awaitsLine = ofLine
        guard state.reader == nil else { throw .closed }  // two readers: a mistake of the session's
        state.woken = false
        flush()
        input.releaseIfEmpty()
        if state.readPaused {
            state.readPaused = false
            way.context?.read()
        }
        guard !state.woken, state.ending == nil else { return }
        let until = state.waitsUntil ?? resources.wheel.tick(after: state.idle)
        state.waitsUntil = until
        guard let pace = state.pace else { return try await wait(until: until, park) }
        let began = resources.loop.now
        let paid = resources.wheel.tick(after: .nanoseconds(pace.leftNanoseconds))
        try await wait(until: until, orTooSlowAt: paid, park)
        state.pace?.waited(nanoseconds: (resources.loop.now - began).nanoseconds)
    }

    /// What came since `woken` was last false needs no wait. Only here, where nothing runs in between, can that be told: on
    /// the way to a wait the task may have given way to others of the loop.
    func park(_ continuation: UnsafeContinuation<Void, Never>) {
        guard !state.woken, state.ending == nil else { return continuation.resume() }
        state.reader = continuation
    }

    /// Waits for the other side until a tick of the wheel.
    func wait(
        until tick: Int64, orTooSlowAt paid: Int64 = .max, _ keep: (UnsafeContinuation<Void, Never>) -> Void
    ) async throws(ConnectionError) {
        let last = min(paid, state.lastTick ?? .max)
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            if let deadline = state.deadline { resources.wheel.set(deadline, atTick: min(tick, last)) }
            keep(continuation)
        }
        if let deadline = state.deadline { resources.wheel.clear(deadline) }
        guard state.timedOut else { return }
        state.timedOut = false
        state.waitsUntil = nil
        state.readFailed = true
        throw last < tick ? .tooSlow : .timedOut
    }
}

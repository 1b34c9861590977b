/// What the work comes to, or nil when that takes longer; then it is cancelled, and nobody waits for its end.
func within<T: Sendable>(_ patience: Duration, _ work: @escaping @Sendable () async -> T) async -> T? {
    let (results, teller) = AsyncStream.makeStream(of: T.self)
    let worker = Task {
        teller.yield(await work())
        teller.finish()
    }
    let clock = Task {
        try? await Task.sleep(for: patience)
        teller.finish()
    }
    defer {
        worker.cancel()
        clock.cancel()
    }
    return await results.first { _ in true }
}

extension WorkerTable {
    /// Every role has a worker that is ready. At the end nobody has to be.
    package var isWhole: Bool {
        guard phase == .serving else { return true }
        guard let posts = current?.posts else { return false }
        let ready = posts.filter { post in post.slot.flatMap { workers[$0]?.state } == .ready }
        return Set(posts.map(\.seat.role)) == Set(ready.map(\.seat.role))
    }
}

import CGlibc

/// How glibc keeps what was freed, for processes that shall run for months.
enum Heap {
    /// By default each thread gets an arena, and each arena keeps free pieces that no other can use: a worker of sixteen
    /// threads held three times what was in use, and ever more.
    private static let arenas: Int32 = 2
    /// Set, it does not rise to the largest body that was ever held, whose hole stays in the heap. With glibc's 128 KiB each
    /// batch of a long reply was a mapping of its own, and half of a FETCH's time went into its page faults.
    private static let ownMapping: Int32 = 1 << 20
    /// What is free at the heap's end goes back when it is more than this, and whenever the store's upkeep asks for it.
    private static let freeEnd: Int32 = 4 << 20

    /// Before there is a second thread.
    static func keepSmall() {
        mallopt(M_ARENA_MAX, arenas)
        mallopt(M_MMAP_THRESHOLD, ownMapping)
        mallopt(M_TRIM_THRESHOLD, freeEnd)
    }
}

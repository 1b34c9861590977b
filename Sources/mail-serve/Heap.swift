import CGlibc

/// How glibc keeps what was freed, for processes that shall run for months.
enum Heap {
    /// By default each thread gets an arena, and each arena keeps free pieces that no other can use: a worker of sixteen
    /// threads held three times what was in use, and ever more.
    private static let arenas: Int32 = 2
    /// What glibc begins with. Set, it does not rise to the largest body that was ever held, whose hole stays in the heap.
    private static let ownMapping: Int32 = 128 << 10

    /// Before there is a second thread.
    static func keepSmall() {
        mallopt(M_ARENA_MAX, arenas)
        mallopt(M_MMAP_THRESHOLD, ownMapping)
    }
}

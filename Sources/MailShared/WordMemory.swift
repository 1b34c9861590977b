import Glibc
import Synchronization

/// The memory under `SharedWords`: a mapping of the shared descriptor, or a heap block.
final class WordMemory: @unchecked Sendable {  // a pointer to atomics, which any thread may use
    let base: UnsafeMutablePointer<Atomic<UInt64>>
    let count: Int
    private let isMapped: Bool

    static let wordBytes = MemoryLayout<UInt64>.stride
    static let pageWords = 4096 / wordBytes

    init(privateCount count: Int) {
        guard let raw = calloc(max(1, count), Self.wordBytes) else { abort() }  // as every allocation of Swift's would
        base = raw.bindMemory(to: Atomic<UInt64>.self, capacity: count)
        (self.count, isMapped) = (count, false)
    }

    init(mapping descriptor: Int32, count: Int) throws(SharedRegionError) {
        let bytes = count * Self.wordBytes
        guard let raw = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), raw != MAP_FAILED else {
            throw .system("mmap", errno)
        }
        base = raw.bindMemory(to: Atomic<UInt64>.self, capacity: count)
        (self.count, isMapped) = (count, true)
    }

    deinit {
        if isMapped { munmap(base, count * Self.wordBytes) } else { free(base) }
    }

    /// Whole pages are given back (the next read gives zeros); words beside them are written.
    func clear(_ range: Range<Int>) {
        let isWholePages = range.lowerBound % Self.pageWords == 0 && range.upperBound % Self.pageWords == 0
        if isMapped, isWholePages, !range.isEmpty,
            madvise(base + range.lowerBound, range.count * Self.wordBytes, MADV_REMOVE) == 0
        {
            return
        }
        for index in range { base[index].store(0, ordering: .sequentiallyConsistent) }
    }
}

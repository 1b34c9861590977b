import CGlibc
import Glibc

/// The memory that all workers of one server share: a sealed memfd, made by the supervisor and inherited by its workers, or
/// private to the one process that made it.
///
/// It holds counts and caches, nothing that must survive: whoever finds it unusable makes a new one and begins at zero.
package final class SharedRegion: Sendable {
    /// Open as long as the region is; not inherited unless whoever starts a process asks for it.
    package let descriptor: Int32
    private let words: SharedWords

    private init(_ descriptor: Int32, _ words: SharedWords) {
        self.descriptor = descriptor
        self.words = words
    }

    deinit { close(descriptor) }

    package static func create() throws(SharedRegionError) -> SharedRegion {
        let descriptor = memfd_create("posthus", MemoryFile.closeOnExec | MemoryFile.allowSealing)
        guard descriptor >= 0 else { throw .system("memfd_create", errno) }
        do throws(SharedRegionError) {
            return SharedRegion(descriptor, try lay(descriptor))
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// Adopts an inherited descriptor. When it throws, the descriptor is still the caller's.
    package init(descriptor: Int32) throws(SharedRegionError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system("fstat", errno) }
        // Whoever could still shrink it could kill every worker with SIGBUS.
        let seals = fcntl(descriptor, MemoryFile.getSeals, 0)
        let headerBytes = SharedLayout.headerWords * WordMemory.wordBytes
        guard seals >= 0, seals & MemoryFile.fixedSize == MemoryFile.fixedSize, Int(status.st_size) >= headerBytes
        else {
            throw .notOurs
        }
        try Self.checkHeader(descriptor)
        guard Int(status.st_size) == SharedLayout.words * WordMemory.wordBytes else { throw .notOurs }
        words = SharedWords(try WordMemory(mapping: descriptor, count: SharedLayout.words))
        self.descriptor = descriptor
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    private static func lay(_ descriptor: Int32) throws(SharedRegionError) -> SharedWords {
        guard ftruncate(descriptor, SharedLayout.words * WordMemory.wordBytes) == 0 else {
            throw .system("ftruncate", errno)
        }
        guard fcntl(descriptor, MemoryFile.addSeals, MemoryFile.fixedSize) == 0 else { throw .system("fcntl", errno) }
        let words = SharedWords(try WordMemory(mapping: descriptor, count: SharedLayout.words))
        words.store(SharedLayout.version, at: SharedHeader.version)
        words.store(UInt64(SharedLayout.words), at: SharedHeader.words)
        words.store(SharedLayout.magic, at: SharedHeader.magic)
        return words
    }

    private static func checkHeader(_ descriptor: Int32) throws(SharedRegionError) {
        let header = SharedWords(try WordMemory(mapping: descriptor, count: SharedLayout.headerWords))
        guard header.load(SharedHeader.magic) == SharedLayout.magic else { throw .notOurs }
        let version = header.load(SharedHeader.version)
        guard version == SharedLayout.version else { throw .otherVersion(version) }
        guard header.load(SharedHeader.words) == UInt64(SharedLayout.words) else { throw .notOurs }
    }
}

/// The sections.
extension SharedRegion {
    /// One slot's metrics. Only the slot's owner writes; they outlive it, so that sums never fall.
    package func metrics(slot: Int) -> SharedWords {
        column(slot, of: SharedLayout.metrics, SharedLayout.metricWords)
    }

    /// One slot's connection counts. Only the slot's owner writes.
    package func connections(slot: Int) -> SharedWords {
        column(slot, of: SharedLayout.connections, SharedLayout.connectionWords)
    }

    package var failures: SharedWords { section(SharedLayout.failures) }
    package var known: SharedWords { section(SharedLayout.known) }
    package var verifications: SharedWords { section(SharedLayout.verifications) }
    package var rates: SharedWords { section(SharedLayout.rates) }

    private func section(_ range: Range<Int>) -> SharedWords {
        words.window(at: range.lowerBound, count: range.count)
    }

    /// A slot out of range has a column without words.
    private func column(_ slot: Int, of range: Range<Int>, _ count: Int) -> SharedWords {
        guard SharedRegion.isSlot(slot) else { return words.window(at: 0, count: 0) }
        return words.window(at: range.lowerBound + slot * count, count: count)
    }
}

/// The slots.
extension SharedRegion {
    package static func isSlot(_ slot: Int) -> Bool { slot >= 0 && slot < SharedLayout.slots }

    /// A bit for each slot whose counts are valid.
    package var liveSlots: UInt64 { words.load(SharedHeader.liveSlots) }

    /// A worker's first step: its column starts at zero, whatever the slot's last owner left.
    package func claim(slot: Int) {
        guard Self.isSlot(slot) else { return }
        connections(slot: slot).clear()
        words.insertBits(1 << UInt64(slot), at: SharedHeader.liveSlots)
    }

    /// The supervisor's step after a worker's end: the connections that were counted there are gone with it.
    package func release(slot: Int) {
        guard Self.isSlot(slot) else { return }
        words.removeBits(1 << UInt64(slot), at: SharedHeader.liveSlots)
        connections(slot: slot).clear()
    }
}

/// From <linux/memfd.h> and <linux/fcntl.h>, whose macros Swift does not see.
private enum MemoryFile {
    static let closeOnExec: UInt32 = 1
    static let allowSealing: UInt32 = 2
    static let addSeals: Int32 = 1_033
    static let getSeals: Int32 = 1_034
    /// F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW
    static let fixedSize: Int32 = 0x1 | 0x2 | 0x4
}

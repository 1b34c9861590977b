import Synchronization

/// A bounds-checked window of atomic 64-bit words in memory that several processes write at once.
///
/// There is no lock: a process killed between any two instructions leaves every word as one of its writers made it. An index
/// from outside never traps: outside the window a read gives zero and a write does nothing.
package struct SharedWords: Sendable {
    package let count: Int
    private let memory: WordMemory
    private let offset: Int

    /// Words of this process alone, zero at first.
    package init(privateCount count: Int) { self.init(WordMemory(privateCount: max(0, count))) }

    init(_ memory: WordMemory) { (self.memory, offset, count) = (memory, 0, memory.count) }

    private init(_ memory: WordMemory, offset: Int, count: Int) {
        (self.memory, self.offset, self.count) = (memory, offset, count)
    }

    /// A smaller window; what lies outside this one is cut off.
    package func window(at start: Int, count wanted: Int) -> SharedWords {
        let first = min(max(0, start), count)
        return SharedWords(memory, offset: offset + first, count: min(max(0, wanted), count - first))
    }

    package func load(_ index: Int) -> UInt64 {
        guard contains(index) else { return 0 }
        return memory.base[offset + index].load(ordering: .sequentiallyConsistent)
    }

    package func store(_ value: UInt64, at index: Int) {
        guard contains(index) else { return }
        memory.base[offset + index].store(value, ordering: .sequentiallyConsistent)
    }

    /// Adds, wrapping around, and gives the new value.
    @discardableResult
    package func add(_ amount: UInt64, at index: Int) -> UInt64 {
        guard contains(index) else { return 0 }
        return memory.base[offset + index].wrappingAdd(amount, ordering: .sequentiallyConsistent).newValue
    }

    /// Subtracts, wrapping around, and gives the new value.
    @discardableResult
    package func subtract(_ amount: UInt64, at index: Int) -> UInt64 {
        guard contains(index) else { return 0 }
        return memory.base[offset + index].wrappingSubtract(amount, ordering: .sequentiallyConsistent).newValue
    }

    /// Gives the value that was there.
    @discardableResult
    package func exchange(_ value: UInt64, at index: Int) -> UInt64 {
        guard contains(index) else { return 0 }
        return memory.base[offset + index].exchange(value, ordering: .sequentiallyConsistent)
    }

    /// True when the word was `expected` and is `desired` now.
    @discardableResult
    package func compareExchange(at index: Int, expected: UInt64, desired: UInt64) -> Bool {
        guard contains(index) else { return false }
        return memory.base[offset + index].compareExchange(
            expected: expected, desired: desired, ordering: .sequentiallyConsistent
        ).exchanged
    }

    /// Sets bits and gives the new value.
    @discardableResult
    package func insertBits(_ bits: UInt64, at index: Int) -> UInt64 {
        guard contains(index) else { return 0 }
        return memory.base[offset + index].bitwiseOr(bits, ordering: .sequentiallyConsistent).newValue
    }

    /// Clears bits and gives the new value.
    @discardableResult
    package func removeBits(_ bits: UInt64, at index: Int) -> UInt64 {
        guard contains(index) else { return 0 }
        return memory.base[offset + index].bitwiseAnd(~bits, ordering: .sequentiallyConsistent).newValue
    }

    /// All words zero; the pages go back to the system where they can.
    package func clear() { memory.clear(offset..<offset + count) }

    private func contains(_ index: Int) -> Bool { index >= 0 && index < count }
}

/// A hash table's geometry over shared words: fixed buckets of a few entries, so that every search has a small, fixed end and
/// nothing ever grows.
package struct SharedBuckets: Sendable {
    static let usualWays = 8
    /// A table of no more entries than this is one bucket.
    static let smallest = 16

    package let words: SharedWords
    package let entryWords: Int
    private let ways: Int
    private let count: Int

    /// Words that do not fill a bucket are left alone.
    package init(_ words: SharedWords, entryWords: Int) {
        self.words = words
        self.entryWords = max(1, entryWords)
        let entries = words.count / self.entryWords
        ways = entries <= Self.smallest ? entries : Self.usualWays
        count = ways == 0 ? 0 : entries / ways
    }

    /// Of this process alone, with room for at least one entry.
    package init(privateEntries: Int, entryWords: Int) {
        let entries = max(1, privateEntries)
        self.init(SharedWords(privateCount: entries * max(1, entryWords)), entryWords: entryWords)
    }

    /// Where the entries begin that may hold this name.
    package func entries(of fingerprint: SharedFingerprint) -> StrideTo<Int> { entries(at: fingerprint.place) }

    /// Where the entries of a bucket begin.
    package func entries(at place: UInt64) -> StrideTo<Int> {
        guard count > 0 else { return stride(from: 0, to: 0, by: 1) }
        let first = Int(place % UInt64(count)) * ways * entryWords
        return stride(from: first, to: first + ways * entryWords, by: entryWords)
    }

    /// Where all entries begin.
    package var all: StrideTo<Int> { stride(from: 0, to: count * ways * entryWords, by: entryWords) }
}

/// Where what lies in the shared memory, in words. Every section begins on a page. A change here is a new `version`.
package enum SharedLayout {
    /// "posthus!" in ASCII.
    static let magic: UInt64 = 0x706f_7374_6875_7321
    package static let version: UInt64 = 3
    /// Workers that live at one time; the live ones are bits of one word.
    package static let slots = 64
    /// One slot's counters, gauges and histograms.
    package static let metricWords = 2_560
    /// One slot's table of who is connected through it: twice the entries that the default limit of connections can need.
    package static let connectionEntries = 65_536
    package static let failureEntries = 65_536
    package static let knownEntries = 65_536
    package static let verificationEntries = 16_384
    package static let rateEntries = 65_536

    static let headerWords = WordMemory.pageWords
    /// A page for the totals before the table.
    static let connectionWords = WordMemory.pageWords + connectionEntries

    static let metrics = section(after: 0..<headerWords, slots * metricWords)
    static let connections = section(after: metrics, slots * connectionWords)
    static let failures = section(after: connections, 2 * failureEntries)
    static let known = section(after: failures, knownEntries)
    static let verifications = section(after: known, 2 * verificationEntries)
    static let rates = section(after: verifications, rateEntries)
    static let words = rates.upperBound

    private static func section(after previous: Range<Int>, _ count: Int) -> Range<Int> {
        previous.upperBound..<previous.upperBound + count
    }
}

/// The words of the header page.
enum SharedHeader {
    static let magic = 0
    static let version = 1
    static let words = 2
    static let liveSlots = 3
}

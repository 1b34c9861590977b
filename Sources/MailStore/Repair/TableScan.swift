internal import MailMessage

/// Reads a table by ascending number, past the stretches that cannot be read.
struct TableScan {
    /// How many numbers in vain may be asked for: a root page that is gone hides everything.
    static let failureLimit = 200_000
    /// Where to stop when nothing says how far the numbers go.
    static let unknownEnd: Int64 = 100_000

    /// `rows(from, row)` calls `row` with the number of each row from `from` on, in order, and throws where it ends.
    /// False when something could not be read.
    @discardableResult
    static func run(
        _ range: ClosedRange<Int64>, _ rows: (_ from: Int64, _ row: (Int64) throws -> Void) throws -> Void
    ) throws -> Bool {
        var next = range.lowerBound
        var failures = 0
        while next <= range.upperBound, failures < failureLimit {
            do {
                try rows(next) { number in
                    guard number >= next, number < .max else { throw StoreError.damaged(file: "", detail: "order") }
                    next = number + 1
                }
                return failures == 0
            } catch StoreError.damaged {
                failures += 1
                guard next < .max else { return false }
                next += 1
            }
        }
        return failures == 0
    }
}

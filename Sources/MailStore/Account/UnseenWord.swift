internal import MailMessage

/// 32 UIDs that begin with a multiple of 32, as one row keeps them: a bit for each, set where the message is unread.
struct UnseenWord: Equatable {
    static let width: UInt32 = 32

    /// UID / 32.
    let index: UInt32
    private(set) var bits: UInt32

    init(index: UInt32, bits: UInt32) {
        self.index = index
        self.bits = bits
    }

    /// Those that have a UID of `set`, in ascending order.
    static func words(of set: UIDSet) -> [UnseenWord] {
        var words: [UnseenWord] = []
        for range in set.ranges {
            let (first, last) = (range.lowerBound.value, range.upperBound.value)
            for index in first / width...last / width {
                let start = index * width
                let (low, high) = (max(first, start) - start, min(last - start, width - 1))
                let bits = (UInt32.max << low) & (UInt32.max >> (width - 1 - high))
                if words.last?.index == index {
                    words[words.count - 1].bits |= bits
                } else {
                    words.append(UnseenWord(index: index, bits: bits))
                }
            }
        }
        return words
    }

    /// Its UIDs, as ranges in ascending order.
    func eachRange(_ body: (ClosedRange<UID>) -> Void) {
        var rest = bits
        while rest != 0 {
            let start = rest.trailingZeroBitCount
            let count = (~(rest >> start)).trailingZeroBitCount
            let first = index &* Self.width &+ UInt32(start)
            if let low = UID(first), let high = UID(first &+ UInt32(count) &- 1), low <= high { body(low...high) }
            rest &= UInt32.max << (start + count)
        }
    }
}

extension UIDSet {
    /// The members with these places, counted from 0.
    package func members(_ places: Range<Int>) -> UIDSet {
        var before = 0
        var found: [ClosedRange<UID>] = []
        for range in ranges {
            let size = Int(range.upperBound.value - range.lowerBound.value) + 1
            let (first, last) = (
                max(places.lowerBound, before) - before, min(places.upperBound, before + size) - before
            )
            if first < last, let low = UID(exactly: Int(range.lowerBound.value) + first),
                let high = UID(exactly: Int(range.lowerBound.value) + last - 1)
            {
                found.append(low...high)
            }
            before += size
        }
        return UIDSet(ranges: found)
    }
}

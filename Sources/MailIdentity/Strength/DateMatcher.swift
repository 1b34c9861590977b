import Glibc

/// Years, and dates in the orders people write them in.
enum DateMatcher {
    private static let years = 1900...2079
    private static let nearestYears = 20.0
    private static let separators: Set<Unicode.Scalar> = ["-", "/", ".", " ", "_", ":"]

    static func matches(in text: StrengthText, year: Int) -> [StrengthMatch] {
        let digits = text.written.map { Self.digit($0) }
        return digits.indices.flatMap { start in
            plain(digits, from: start, year: year) + separated(text, digits, from: start, year: year)
        }
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        ("0"..."9").contains(scalar) ? Int(scalar.value) - 48 : nil
    }

    /// Four, six or eight digits side by side.
    private static func plain(_ digits: [Int?], from start: Int, year: Int) -> [StrengthMatch] {
        [4, 6, 8].compactMap { count in
            guard start + count <= digits.count else { return nil }
            let run = digits[start..<start + count].compactMap { $0 }
            guard run.count == count, let cost = cost(of: run, year: year) else { return nil }
            return StrengthMatch(range: start..<start + count, kind: .date, cost: cost)
        }
    }

    private static func cost(of run: [Int], year: Int) -> Double? {
        let halves = stride(from: 0, to: run.count - 1, by: 2).map { run[$0] * 10 + run[$0 + 1] }
        switch halves.count {
        case 2:
            let written = halves[0] * 100 + halves[1]
            if years.contains(written) { return log10(distance(written, year)) }
            return isDay(halves[0], halves[1]) ? log10(366) : nil
        case 3:
            let found = [
                (halves[0], halves[1], halves[2]), (halves[2], halves[1], halves[0]), (halves[2], halves[0], halves[1]),
            ]
            .filter { isDay($0.1, $0.2) }.map { dateCost(year: full($0.0, year), now: year) }
            return found.min()
        case 4:
            let (front, back) = (halves[0] * 100 + halves[1], halves[2] * 100 + halves[3])
            if years.contains(front), isDay(halves[2], halves[3]) { return dateCost(year: front, now: year) }
            if years.contains(back), isDay(halves[0], halves[1]) { return dateCost(year: back, now: year) }
            return nil
        default: return nil
        }
    }

    /// Three numbers with the same sign between them.
    private static func separated(
        _ text: StrengthText, _ digits: [Int?], from start: Int, year: Int
    ) -> [StrengthMatch] {
        guard digits[start] != nil, start == 0 || digits[start - 1] == nil else { return [] }
        var (numbers, position, separator) = ([Int](), start, Unicode.Scalar?.none)
        while numbers.count < 3 {
            let from = position
            var value = 0
            while position < digits.count, position - from < 4, let digit = digits[position] {
                value = value * 10 + digit
                position += 1
            }
            guard position > from else { return [] }
            numbers.append(value)
            guard numbers.count < 3 else { break }
            guard position < digits.count, separators.contains(text.written[position]) else { return [] }
            guard separator == nil || separator == text.written[position] else { return [] }
            separator = text.written[position]
            position += 1
        }
        let orders = [(numbers[0], numbers[1], numbers[2]), (numbers[2], numbers[1], numbers[0])]
        let costs = orders.filter { isDay($0.1, $0.2) && ($0.0 < 100 || years.contains($0.0)) }
            .map { dateCost(year: full($0.0, year), now: year) + log10(4) }
        guard let cost = costs.min() else { return [] }
        return [StrengthMatch(range: start..<position, kind: .date, cost: cost)]
    }

    private static func isDay(_ first: Int, _ second: Int) -> Bool {
        (1...12).contains(first) && (1...31).contains(second) || (1...12).contains(second) && (1...31).contains(first)
    }

    private static func dateCost(year: Int, now: Int) -> Double { log10(365 * distance(year, now)) }

    private static func distance(_ year: Int, _ now: Int) -> Double { max(Double(abs(year - now)), nearestYears) }

    /// Of two digits: the one that is nearer to now.
    private static func full(_ year: Int, _ now: Int) -> Int {
        guard year < 100 else { return year }
        return 2_000 + year > now ? 1_900 + year : 2_000 + year
    }
}

import Glibc

/// Time follows the input: 64 KiB must not take ten times as long for each byte as 4 KiB.
enum Growth {
    private static let short = 4_096
    private static let long = 65_536
    private static let factor = 10.0
    /// Below this nobody can notice, and clocks are too coarse.
    private static let negligible = 0.05
    private static let attempts = 3

    /// One input in two thousand, chosen by its bytes so that a find repeats itself.
    static func isDue(_ input: [UInt8]) -> Bool {
        guard input.count >= 4 else { return false }
        var hash: UInt32 = 2_166_136_261
        for byte in input { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return (hash >> 16) % 2_048 == 0
    }

    static func check(_ input: [UInt8], _ body: ([UInt8]) -> String?) -> String? {
        let (small, large) = (stretched(input, to: short), stretched(input, to: long))
        var worst = ""
        for _ in 0..<attempts {  // whoever is slow only once was interrupted
            let (before, after) = (seconds { _ = body(small) }, seconds { _ = body(large) })
            let ratio = (after / Double(large.count)) / max(before / Double(small.count), 1e-12)
            guard after > negligible, ratio > factor else { return nil }
            worst = "\(large.count) bytes take \(after) s, \(small.count) bytes \(before) s"
        }
        return worst
    }

    /// The choice and the first quarter stay, the rest is repeated.
    static func stretched(_ input: [UInt8], to count: Int) -> [UInt8] {
        let head = input.prefix(1 + input.count / 4)
        let tail = input.dropFirst(head.count)
        var result = Array(head)
        while result.count + tail.count <= count, !tail.isEmpty { result += tail }
        return result
    }

    private static func seconds(_ body: () -> Void) -> Double {
        let before = clock()
        body()
        return Double(clock() - before) / Double(CLOCKS_PER_SEC)
    }
}

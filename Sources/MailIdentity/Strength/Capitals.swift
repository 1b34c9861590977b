import Glibc

/// How many ways there are to write a word with as many capitals.
enum Capitals {
    /// The decimal logarithm; 0 without a capital.
    static func cost(_ word: ArraySlice<Unicode.Scalar>) -> Double {
        let capitals = word.count { $0.properties.isUppercase }
        guard capitals > 0 else { return 0 }
        let small = word.count { $0.properties.isLowercase }
        let isFirstOrLast = capitals == 1 && (isCapital(word.first) || isCapital(word.last))
        guard small > 0, !isFirstOrLast else { return log10(2) }
        let ways = (1...min(capitals, max(1, small))).map { Combinations.digits(capitals + small, $0) }
        return log10(ways.reduce(0) { $0 + pow(10, $1) })
    }

    private static func isCapital(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isUppercase ?? false }
}

enum Combinations {
    /// The decimal logarithm of "n over k".
    static func digits(_ n: Int, _ k: Int) -> Double {
        guard k > 0, k < n else { return 0 }
        return (1...k).reduce(0) { $0 + log10(Double(n - $1 + 1)) - log10(Double($1)) }
    }
}

/// Digits and signs that stand for letters.
enum Replacement {
    private static let common: [Unicode.Scalar: Unicode.Scalar] = [
        "0": "o", "1": "i", "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g",
        "@": "a", "$": "s", "!": "i", "|": "i", "+": "t", "(": "c", "{": "c", "<": "c", "[": "c", "€": "e", "%": "x",
        "#": "h",
    ]

    /// One that stands for two letters needs a table for each.
    static let tables: [[Unicode.Scalar: Unicode.Scalar]] = [
        common, common.merging(["1": "l", "!": "l", "|": "l", "7": "l", "4": "ä", "@": "å", "0": "ö"]) { $1 },
        common.merging(["1": "l", "|": "l"]) { $1 },
    ]

    /// How many different ones there are.
    static func count(in scalars: ArraySlice<Unicode.Scalar>) -> Int {
        Set(scalars.filter { common[$0] != nil }).count
    }
}

/// Three bytes that stand side by side in a folded text, as a number.
package typealias Gram = UInt32

/// The trigrams of texts: a text in which a needle stands has all of the needle's. Of bytes, not of characters: so two
/// characters of Chinese are enough to ask for.
package struct GramSet {
    package static let width = 3
    private static let count = 1 << 24

    private var marks = [UInt64](repeating: 0, count: GramSet.count / 64)
    package private(set) var grams: [Gram] = []

    package init() {}

    package mutating func insert(textOf text: [UInt8]) {
        guard text.count >= Self.width else { return }
        var gram = Gram(text[0]) << 8 | Gram(text[1])
        for byte in text.dropFirst(Self.width - 1) {
            gram = (gram << 8 | Gram(byte)) & 0xff_ffff
            let place = Int(gram / 64)
            let mark: UInt64 = 1 << UInt64(gram % 64)
            guard marks[place] & mark == 0 else { continue }
            marks[place] |= mark
            grams.append(gram)
        }
    }

    package mutating func removeAll() {
        for gram in grams { marks[Int(gram / 64)] = 0 }
        grams.removeAll(keepingCapacity: true)
    }
}

extension GramSet {
    /// So many say enough of a needle.
    package static let needleLimit = 24

    /// Some trigrams of a folded needle, spread over it; empty when it is too short to have one.
    package static func needle(_ needle: [UInt8]) -> [Gram] {
        let places = max(0, needle.count - width + 1)
        let step = max(1, (places + needleLimit - 1) / needleLimit)
        let grams = stride(from: 0, to: places, by: step).map { place in
            needle[place..<place + width].reduce(Gram(0)) { $0 << 8 | Gram($1) }
        }
        return Array(Set(grams)).sorted()
    }
}

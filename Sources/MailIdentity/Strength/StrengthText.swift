/// A password as the matchers see it: one position for each character, as written and in small letters.
struct StrengthText {
    /// In octets of UTF-8: bounds every search.
    static let longestInput = 256

    let written: [Unicode.Scalar]
    let folded: [Unicode.Scalar]
    var count: Int { written.count }

    init(_ text: String) {
        var (scalars, octets) = ([Unicode.Scalar](), 0)
        for scalar in text.unicodeScalars {
            octets += UTF8.width(scalar)
            guard octets <= Self.longestInput else { break }
            scalars.append(scalar)
        }
        written = scalars
        folded = scalars.map(Self.fold)
    }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        guard lower.count == 1, let first = lower.first else { return scalar }
        return first
    }

    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

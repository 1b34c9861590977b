/// A header field of ours, folded before its lines get longer than RFC 5322 §2.1.1 likes.
struct FoldedField {
    static let longestLine = 78

    private(set) var text: String
    private var column: Int

    init(_ name: String) {
        text = name + ":"
        column = name.utf8.count + 1
    }

    /// A word and a space before it, which may become a fold.
    mutating func add(_ word: String) {
        if column + 1 + word.utf8.count > Self.longestLine { fold() } else { put(" ") }
        put(word)
    }

    /// Right behind what stands there, or behind a fold: for lists that take white space at some places.
    mutating func append(_ word: String) {
        if column + word.utf8.count > Self.longestLine { fold() }
        put(word)
    }

    /// Base64, which takes folds anywhere.
    mutating func append(base64 text: String) {
        var rest = text[...]
        while !rest.isEmpty {
            if column >= Self.longestLine - 4 { fold() }
            let piece = rest.prefix(Self.longestLine - column)
            put(String(piece))
            rest = rest.dropFirst(piece.count)
        }
    }

    var bytes: [UInt8] { Array(text.utf8) + [0x0d, 0x0a] }

    private mutating func fold() {
        text += "\r\n\t"
        column = 8
    }

    private mutating func put(_ word: String) {
        text += word
        column += word.utf8.count
    }
}

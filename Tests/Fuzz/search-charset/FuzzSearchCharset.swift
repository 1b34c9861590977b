import MailMessage
import MailWire

/// SEARCH with a charset: the expression is parsed, its texts are converted and folded. The first byte chooses the charset.
enum FuzzSearchCharset: FuzzTarget {
    static let name = "search-charset"
    static var memoryPerByte: Int { 400 }

    private static let charsets = [
        "UTF-8", "US-ASCII", "ISO-8859-1", "WINDOWS-1252", "UTF-16", "UTF-7", "ISO-2022-JP", "GB18030", "SHIFT_JIS",
        "EUC-KR", "BIG5", "KOI8-R", "UTF-32", "ISO-2022-KR", "TSCII", "UTF-16LE", "BIG5-HKSCS", "EUC-JP", "IBM1364",
        "ISO-8859-8-I", "TIS-620", "X-NONE",
    ]

    static func check(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let charset = charsets[Int(choice) % charsets.count]
        var rules = Rules()
        rules.none(brokenFold(Array(input.dropFirst()), charset))
        var parser = IMAPParser(Array("a SEARCH ".utf8) + input.dropFirst())
        guard case .search(let search)? = try? parser.command().body else { return rules.broken }
        rules.that(search.charset.map { Charset.isKnown($0) == Charset.isKnown($0) } ?? true, "unsure of a charset")
        rules.that(depth(search.key) <= IMAPLimits.searchDepth + 2, "\(depth(search.key)) deep")
        for text in texts(search.key) { rules.none(brokenFold(text, search.charset ?? charset)) }
        return rules.broken
    }

    /// Folding twice is folding once.
    private static func brokenFold(_ bytes: [UInt8], _ label: String) -> String? {
        let text = Charset.decode(bytes, label: label)
        let folded = CaseFolding.fold(text)
        guard let again = String(validating: folded, as: UTF8.self) else { return "\(label): folded text is not UTF-8" }
        return CaseFolding.fold(again) == folded ? nil : "\(label): \(text) folds to \(again), and that further"
    }

    private static func depth(_ key: SearchKey) -> Int {
        switch key {
        case .and(let keys), .or(let keys): 1 + (keys.map(depth).max() ?? 0)
        case .not(let key): 1 + depth(key)
        default: 1
        }
    }

    private static func texts(_ key: SearchKey) -> [[UInt8]] {
        switch key {
        case .and(let keys), .or(let keys): keys.flatMap(texts)
        case .not(let key): texts(key)
        case .header(_, let text), .envelope(_, let text), .body(let text), .text(let text): [text]
        default: []
        }
    }
}

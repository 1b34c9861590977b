/// The shape of one kind of database as numbered steps: version n is the state after the first n steps.
///
/// The text runs unchanged on PostgreSQL. For SQLite two kinds of comment are expanded: `/*SQLITE: text*/` becomes
/// `text`, and what stands between `/*SQLITE-*/` and `/*-SQLITE*/` goes away.
package struct Schema: Sendable {
    /// What the file holds, for messages.
    package let name: String
    package let steps: [String]

    package init(name: String, steps: [String]) {
        self.name = name
        self.steps = steps
    }

    package var version: Int { steps.count }

    package static func expandForSQLite(_ sql: String) -> String {
        var result = ""
        var rest = Substring(sql)
        while let open = rest.firstRange(of: "/*SQLITE") {
            result += rest[..<open.lowerBound]
            rest = rest[open.upperBound...]
            if rest.hasPrefix("-*/"), let close = rest.firstRange(of: "/*-SQLITE*/") {
                rest = rest[close.upperBound...]
            } else if rest.hasPrefix(":"), let close = rest.firstRange(of: "*/") {
                result += rest[..<close.lowerBound].dropFirst()
                rest = rest[close.upperBound...]
            }
        }
        return result + rest
    }
}

extension Substring {
    /// The standard library's `firstRange(of:)` lives in `_StringProcessing`; this needs no more than bytes.
    fileprivate func firstRange(of pattern: StaticString) -> Range<Index>? {
        let wanted = UnsafeBufferPointer(start: pattern.utf8Start, count: pattern.utf8CodeUnitCount)
        var start = startIndex
        while start < endIndex {
            if utf8[start...].starts(with: wanted) { return start..<utf8.index(start, offsetBy: wanted.count) }
            start = utf8.index(after: start)
        }
        return nil
    }
}

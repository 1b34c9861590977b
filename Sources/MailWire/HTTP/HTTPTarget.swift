/// What a request is about: the path, percent-decoded segment by segment, and the query as pairs.
package struct HTTPTarget: Sendable, Equatable {
    /// As it came, without the query; for logs.
    package let path: String
    /// `/a/b%20c` is `["a", "b c"]`, and `/` is `[]`.
    package let segments: [String]
    package let query: FormPairs
    /// Of the absolute form: host and port.
    package let authority: String?

    /// RFC 9112 §3.2: the origin form, or the absolute form.
    package init(_ text: String) throws(HTTPRefusal) {
        let origin: String
        (authority, origin) = try Self.split(text)
        let parts = origin.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0])
        guard path.hasPrefix("/") else { throw .malformed("The path does not begin with a slash.") }
        segments = try Self.segments(path)
        query = parts.count > 1 ? try FormPairs(Array(parts[1].utf8)) : FormPairs()
    }

    private static func split(_ text: String) throws(HTTPRefusal) -> (authority: String?, origin: String) {
        guard !text.utf8.contains(0x23) else { throw .malformed("The target has a fragment.") }
        guard !text.hasPrefix("/") else { return (nil, text) }
        for scheme in ["https://", "http://"] where text.asciiLowercased.hasPrefix(scheme) {
            let rest = text.dropFirst(scheme.count)
            let host = rest.prefix { $0 != "/" && $0 != "?" }
            let place = rest[host.endIndex...]
            return (String(host), place.hasPrefix("/") ? String(place) : "/" + place)
        }
        throw .malformed("The target is no path.")
    }

    /// A segment of dots or with a slash in it could mean another place to whoever reads it next.
    private static func segments(_ path: String) throws(HTTPRefusal) -> [String] {
        var found: [String] = []
        for piece in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let text = PercentCoding.text(Array(piece.utf8), plusIsSpace: false), text != ".", text != "..",
                !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f || $0 == 0x2f || $0 == 0x5c })
            else { throw .unreadable("The path is not one of this site's.") }
            found.append(text)
        }
        return found == [""] ? [] : found
    }
}

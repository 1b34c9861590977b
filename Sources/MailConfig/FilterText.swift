/// Lists, sockets and marks as texts of the configuration: checked here, given their meaning where they are used.
enum FilterText {
    /// `zone`, `allow:zone`, `zone=127.0.0.2-11`.
    static func blockList(_ text: String) throws(ValueRefusal) -> String {
        let bare = text.hasPrefix("allow:") ? text.dropFirst(6) : text[...]
        let parts = bare.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let zone = parts.first, isZone(zone) else {
            throw ValueRefusal("\"\(text)\" is not the name of a list such as \"zen.example.org\"")
        }
        guard parts.count == 1 || isMask(parts[1]) else {
            throw ValueRefusal("\"\(text)\" has an answer that is none, such as \"127.0.0.2\" or \"127.0.0.2-11\"")
        }
        return text
    }

    /// `example.org`
    static func domain(_ text: String) throws(ValueRefusal) -> String {
        guard isZone(text[...]) else { throw ValueRefusal("\"\(text)\" is not a domain such as \"example.org\"") }
        return text
    }

    /// `inet:HOST:PORT`, `unix:/PATH`.
    static func milter(_ text: String) throws(ValueRefusal) -> String {
        if text.hasPrefix("unix:/"), (7...112).contains(text.utf8.count) { return text }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "inet", let colon = parts[1].lastIndex(of: ":"),
            isHost(parts[1][..<colon]), let port = Int(parts[1][parts[1].index(after: colon)...]),
            (1...65_535).contains(port)
        else { throw ValueRefusal("\"\(text)\" is neither \"inet:HOST:PORT\" nor \"unix:/PATH\"") }
        return text
    }

    /// `Name: value`.
    static func field(_ text: String) throws(ValueRefusal) -> String {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            parts[1].contains(where: { $0 != " " })
        else { throw ValueRefusal("\"\(text)\" is not a header field such as \"X-Spam: Yes\"") }
        return text
    }

    private static func isZone(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && text.utf8.count <= 180
            && labels.allSatisfy { (1...63).contains($0.utf8.count) && $0.utf8.allSatisfy(isHostOctet) }
    }

    private static func isMask(_ text: Substring) -> Bool {
        let octets = text.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4
            && octets.allSatisfy { octet in
                let ends = octet.split(separator: "-", omittingEmptySubsequences: false).compactMap { UInt8($0) }
                let hyphens = octet.count { $0 == "-" }
                guard let low = ends.first, let high = ends.last else { return false }
                return hyphens <= 1 && ends.count == hyphens + 1 && low <= high
            }
    }

    private static func isHost(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isHostOctet($0) || "[:].".utf8.contains($0) }
    }

    private static func isHostOctet(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x61...0x7a).contains(octet | 0x20) || octet == 0x2d || octet == 0x5f
    }
}

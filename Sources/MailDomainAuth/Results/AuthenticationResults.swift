/// The field that tells others, and later ourselves, what the checks came to (RFC 8601).
package struct AuthenticationResults: Sendable, Equatable {
    package static let fieldName = "Authentication-Results"
    /// Of one value; longer ones come from senders that want to fill logs.
    static let longestValue = 256

    package struct Entry: Sendable, Equatable {
        package let method: String
        package let result: CheckResult
        package var reason: String?
        /// `header.d` and its like, in their order.
        package var properties: [(name: String, value: String)] = []

        package static func == (left: Entry, right: Entry) -> Bool {
            left.method == right.method && left.result == right.result && left.reason == right.reason
                && left.properties.elementsEqual(right.properties) { $0 == $1 }
        }
    }

    package let authservID: String
    package var entries: [Entry] = []

    package init(authservID: String) { self.authservID = authservID }

    /// `mx.example.org; spf=pass ...`, folded, without a line end.
    package var text: String {
        let words = entries.map { ["\($0.method)=\($0.result.rawValue)"] + Self.details($0) }
        var field = FoldedField("")
        field.add(Self.value(authservID) + ";")
        guard !words.isEmpty else { return Self.bare(field, adding: "none") }
        for (place, entry) in words.enumerated() {
            for (number, word) in entry.enumerated() {
                field.add(word + (number == entry.count - 1 && place < words.count - 1 ? ";" : ""))
            }
        }
        return Self.bare(field)
    }

    /// With its line end.
    package var field: String { "\(Self.fieldName): \(text)\r\n" }

    private static func bare(_ field: FoldedField, adding word: String? = nil) -> String {
        var field = field
        if let word { field.add(word) }
        return String(field.text.dropFirst(2))
    }

    private static func details(_ entry: Entry) -> [String] {
        (entry.reason.map { ["reason=" + quoted($0)] } ?? [])
            + entry.properties.filter { !$0.value.isEmpty }.map { "\($0.name)=\(value($0.value))" }
    }

    // pvalue = [CFWS] ( value / [ [ local-part ] "@" ] domain-name ) [CFWS]
    static func value(_ text: String) -> String {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isToken) } || isHost(text)
        return isPlain && text.utf8.count <= longestValue ? text : quoted(text)
    }

    // `@example.org` is the domain-name with an empty local part.
    private static func isHost(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "@") && text.utf8.count > 1 && text.utf8.dropFirst().allSatisfy(isToken)
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for byte in text.utf8.prefix(longestValue) {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { result += "\\" }
            result.unicodeScalars.append((0x20...0x7e).contains(byte) ? Unicode.Scalar(byte) : "?")
        }
        return result + "\""
    }

    // token (RFC 2045 §5.1)
    private static func isToken(_ byte: UInt8) -> Bool {
        (0x21...0x7e).contains(byte) && !"()<>@,;:\\\"/[]?=".utf8.contains(byte)
    }
}

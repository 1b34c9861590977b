/// Reads fields of others, or of ours from an earlier hop (RFC 8601 §2.2), as far as it is needed.
package struct AuthenticationResultsReader: Sendable {
    /// Statements of one field.
    static let mostStatements = 100

    /// Without quotes, in lower case.
    package let authservID: String
    /// Behind the name, each without comments: `dkim=pass header.d=example.org`.
    private let statements: [String]

    /// From the field's value, folded or not.
    package init(_ value: some Collection<UInt8>) {
        let parts = Self.statements(value)
        // authserv-id = value; then CFWS and a version may follow.
        let first = parts.first ?? ""
        let name = first.split(whereSeparator: { $0 == " " || $0 == "\t" }).first.map(String.init) ?? ""
        authservID = HostName.normal(name) ?? name.lowercased()
        statements = Array(parts.dropFirst())
    }

    /// RFC 8601 §5: a field that claims to be ours and came from outside is forged, and must go.
    package static func claims(_ value: some Collection<UInt8>, authservID: String) -> Bool {
        AuthenticationResultsReader(value).authservID == HostName.normal(authservID) ?? authservID.lowercased()
    }

    /// The first result of a method, in lower case.
    package func result(of method: String) -> String? { words(of: method)?.result }

    /// A property of that method, such as `header.from`.
    package func property(_ name: String, of method: String) -> String? {
        words(of: method)?.rest.first { $0.lowercased().hasPrefix(name + "=") }.map {
            String($0.dropFirst(name.count + 1))
        }
    }

    private func words(of method: String) -> (result: String, rest: [Substring])? {
        for statement in statements {
            let words = statement.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard let sign = words.first?.firstIndex(of: "="), let first = words.first else { continue }
            // methodspec = [CFWS] method [CFWS] "=" [CFWS] result; Keyword-version is "method/1"
            let name = first[..<sign].split(separator: "/").first?.lowercased()
            guard name == method else { continue }
            return (first[first.index(after: sign)...].lowercased(), Array(words.dropFirst()))
        }
        return nil
    }

    /// Cut at semicolons; comments, folds and quotes gone, no space beside "=" and "/".
    private static func statements(_ value: some Collection<UInt8>) -> [String] {
        var scanner = ResultsScanner()
        for byte in value {
            scanner.take(byte)
            if scanner.statements.count > mostStatements { break }
        }
        return scanner.finish()
    }
}

/// One pass over a field's value; comments may be nested (RFC 5322 §3.2.2).
private struct ResultsScanner {
    private(set) var statements: [String] = []
    private var current: [UInt8] = []
    private var depth = 0
    private var isQuoted = false
    private var isEscaped = false
    private var isGap = false

    mutating func take(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
            if depth == 0 { put(byte) }
        } else if byte == UInt8(ascii: "\\"), isQuoted || depth > 0 {
            isEscaped = true
        } else if isQuoted {
            if byte == UInt8(ascii: "\"") { isQuoted = false } else if byte != 0x0d, byte != 0x0a { put(byte) }
        } else {
            takeBare(byte)
        }
    }

    mutating func finish() -> [String] {
        end()
        return statements
    }

    private mutating func takeBare(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "("):
            depth += 1
            isGap = true
        case UInt8(ascii: ")") where depth > 0: depth -= 1
        case _ where depth > 0: break
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: ";"): end()
        case _ where ASCII.isSpace(byte): isGap = true
        default: put(byte)
        }
    }

    private mutating func put(_ byte: UInt8) {
        let isJoint = Self.isJoint(byte) || current.last.map(Self.isJoint) ?? true
        if isGap, !isJoint { current.append(0x20) }
        isGap = false
        current.append(byte)
    }

    /// What takes no space beside it: `dkim / 1 = pass`.
    private static func isJoint(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "=") || byte == UInt8(ascii: "/") }

    private mutating func end() {
        statements.append(String(decoding: current, as: UTF8.self))
        (current, isGap) = ([], false)
    }
}

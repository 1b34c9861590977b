import MailMessage

/// How one kind of value is read, shown as TOML, and named in the manual.
struct ValueKind<Value: Sendable>: Sendable {
    let name: String
    let read: @Sendable (RawValue) throws(ValueRefusal) -> Value
    let show: @Sendable (Value) -> String
    /// `--set key=a,b` means a list.
    var isList = false
}

extension ValueKind where Value == String {
    static var text: Self {
        ValueKind(name: "text", read: { raw throws(ValueRefusal) in try raw.asText() }, show: TOMLText.quoted)
    }

    static func checkedText(
        _ name: String, _ check: @escaping @Sendable (String) throws(ValueRefusal) -> String
    ) -> Self {
        ValueKind(
            name: name, read: { raw throws(ValueRefusal) in try check(raw.asText()) }, show: TOMLText.quoted)
    }

    /// A file or folder: absolute, or relative to where the program was started.
    static var path: Self {
        ValueKind(name: "path", read: { raw throws(ValueRefusal) in try raw.asText() }, show: TOMLText.quoted)
    }
}

extension ValueKind where Value == Bool {
    static var flag: Self {
        ValueKind(
            name: "true or false",
            read: { raw throws(ValueRefusal) in
                if case .flag(let value) = raw { return value }
                throw ValueRefusal("is \(raw.kind); it must be true or false")
            }, show: { String($0) })
    }
}

extension ValueKind where Value == Int {
    static func number(_ range: ClosedRange<Int>) -> Self {
        number("\(range.lowerBound)-\(range.upperBound)") { range.contains($0) }
    }

    /// One number outside of the range means something of its own.
    static func number(_ other: Int, or range: ClosedRange<Int>) -> Self {
        number("\(other) or \(range.lowerBound)-\(range.upperBound)") { $0 == other || range.contains($0) }
    }

    private static func number(_ range: String, _ isAllowed: @escaping @Sendable (Int) -> Bool) -> Self {
        ValueKind(
            name: "number \(range)",
            read: { raw throws(ValueRefusal) in
                guard case .integer(let value) = raw else { throw ValueRefusal("is \(raw.kind); it must be a number") }
                guard isAllowed(value) else { throw ValueRefusal("\(value) is outside \(range)") }
                return value
            }, show: { String($0) })
    }

    /// Seconds, written as a span such as `90s`, `30m` or `1d12h`.
    static func span(_ range: ClosedRange<Int>) -> Self {
        ValueKind(
            name: "span",
            read: { raw throws(ValueRefusal) in
                let seconds = try raw.asSpan()
                guard range.contains(seconds) else {
                    let low = SpanText.format(range.lowerBound)
                    throw ValueRefusal("must be between \(low) and \(SpanText.format(range.upperBound))")
                }
                return seconds
            }, show: { TOMLText.quoted(SpanText.format($0)) })
    }
}

extension ValueKind where Value == Int64 {
    static func size(_ range: ClosedRange<Int64>) -> Self {
        ValueKind(
            name: "size",
            read: { raw throws(ValueRefusal) in
                let bytes = try raw.asSize()
                guard range.contains(bytes) else {
                    let low = SizeText.exact(range.lowerBound)
                    throw ValueRefusal("must be between \(low) and \(SizeText.exact(range.upperBound))")
                }
                return bytes
            }, show: { TOMLText.quoted(SizeText.exact($0)) })
    }
}

extension ValueKind where Value == [String] {
    static var textList: Self { list("list of texts") { text throws(ValueRefusal) in text } }

    static func list(
        _ name: String, _ check: @escaping @Sendable (String) throws(ValueRefusal) -> String
    ) -> Self {
        ValueKind(
            name: name,
            read: { raw throws(ValueRefusal) in
                guard case .list(let items) = raw else {
                    throw ValueRefusal("is \(raw.kind); it must be a list such as [\"a\", \"b\"]")
                }
                var result: [String] = []
                for item in items { result.append(try check(item.asText())) }
                return result
            }, show: { "[" + $0.map(TOMLText.quoted).joined(separator: ", ") + "]" }, isList: true)
    }
}

extension ValueKind where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    static var choice: Self {
        let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return ValueKind(
            name: "one of \(words)",
            read: { raw throws(ValueRefusal) in
                let text = try raw.asText()
                guard let value = Value(rawValue: text) else {
                    throw ValueRefusal("\"\(text)\" is not one of \(words)")
                }
                return value
            }, show: { TOMLText.quoted($0.rawValue) })
    }
}

extension RawValue {
    func asText() throws(ValueRefusal) -> String {
        guard case .text(let text) = self else { throw ValueRefusal("is \(kind); it must be a text in quotes") }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
            throw ValueRefusal("has a control character")
        }
        return text
    }

    func asSize() throws(ValueRefusal) -> Int64 {
        switch self {
        case .integer(let bytes) where bytes >= 0: return Int64(bytes)
        case .text(let text):
            do { return try SizeText.parse(text) } catch { throw ValueRefusal(error.message) }
        default: throw ValueRefusal("is \(kind); it must be a size such as \"50MB\"")
        }
    }

    func asSpan() throws(ValueRefusal) -> Int {
        switch self {
        case .integer(let seconds) where seconds >= 0: return seconds
        case .text(let text):
            guard let seconds = SpanText.parse(text) else {
                throw ValueRefusal("\"\(text)\" is not a span such as \"30s\", \"5m\" or \"1d12h\"")
            }
            return seconds
        default: throw ValueRefusal("is \(kind); it must be a span such as \"30s\" or \"5m\"")
        }
    }
}

/// Texts as TOML writes them.
enum TOMLText {
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                let hex = String(scalar.value, radix: 16, uppercase: true)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

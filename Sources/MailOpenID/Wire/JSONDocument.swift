internal import MailCrypto
internal import MailTool

/// An object of JSON in which no name comes twice: of two, two readers would take a different one (RFC 7515 §4, RFC 7519 §4).
struct JSONDocument: Sendable {
    private let values: [String: JSONValue]

    init?(_ octets: [UInt8]) {
        guard let value = try? JSONParser.parse(octets) else { return nil }
        self.init(value)
    }

    init?(_ value: JSONValue) {
        guard case .object(let pairs) = value else { return nil }
        var values: [String: JSONValue] = [:]
        for (name, value) in pairs {
            guard values.updateValue(value, forKey: name) == nil else { return nil }
        }
        self.values = values
    }

    func has(_ name: String) -> Bool { values[name] != nil }

    func text(_ name: String) -> String? {
        if case .text(let text)? = values[name] { text } else { nil }
    }

    func flag(_ name: String) -> Bool? {
        if case .flag(let flag)? = values[name] { flag } else { nil }
    }

    func list(_ name: String) -> [JSONValue]? {
        if case .list(let items)? = values[name] { items } else { nil }
    }

    /// nil: not a list of texts.
    func texts(_ name: String) -> [String]? {
        guard let items = list(name) else { return nil }
        let texts = items.compactMap { item in if case .text(let text) = item { text } else { nil as String? } }
        return texts.count == items.count ? texts : nil
    }

    /// NumericDate (RFC 7519 §2): seconds, perhaps with a fraction, which is dropped.
    func moment(_ name: String) -> Int64? {
        switch values[name] {
        case .integer(let seconds)?: seconds
        case .number(let text)?: Double(text).flatMap { Int64(exactly: $0.rounded(.towardZero)) }
        default: nil
        }
    }

    func octets(_ name: String, most: Int) -> [UInt8]? {
        guard let text = text(name), text.utf8.count <= most else { return nil }
        return Base64URL.decode(text)
    }
}

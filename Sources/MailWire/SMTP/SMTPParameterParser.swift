import MailMessage

/// Mail-parameters = esmtp-param *(SP esmtp-param) — RFC 5321 §4.1.2; keywords in capitals, each at most once.
struct SMTPParameterList {
    private(set) var items: [(keyword: String, value: String?)] = []

    init(_ cursor: inout ByteCursor) throws(SMTPError) {
        while !cursor.isAtEnd {
            guard cursor.skipSpaces() else { throw .syntax }
            guard !cursor.isAtEnd else { return }
            let keyword = cursor.run { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
            guard !keyword.isEmpty, items.count < SMTPLimits.parameters else { throw .syntax }
            try add(keyword.asciiUppercasedText, cursor.character("=") ? try Self.value(&cursor) : nil)
        }
    }

    private mutating func add(_ keyword: String, _ value: String?) throws(SMTPError) {
        guard !items.contains(where: { $0.keyword == keyword }) else { throw .badParameter }
        items.append((keyword, value))
    }

    /// esmtp-value = 1*(%d33-60 / %d62-126), and UTF-8 with SMTPUTF8 (RFC 6531 §3.3).
    /// "=" is taken too: RFC 4954's AUTH=<> aside, clients send ENVID values with it.
    private static func value(_ cursor: inout ByteCursor) throws(SMTPError) -> String {
        let bytes = cursor.run { $0 > 0x20 && $0 != 0x7f }
        guard !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self) else { throw .badParameter }
        return text
    }
}

extension MailParameters {
    init(_ list: SMTPParameterList) throws(SMTPError) {
        self.init()
        for (keyword, value) in list.items {
            switch (keyword, value) {
            case ("SIZE", let value?): size = try Self.size(value)
            case ("BODY", let value?): body = try known(BodyType(rawValue: value.asciiUppercased))
            case ("SMTPUTF8", nil): isInternational = true
            case ("RET", let value?): dsnReturn = try known(DSNReturn(rawValue: value.asciiUppercased))
            case ("ENVID", let value?): envelopeID = try xtext(value, limit: SMTPLimits.envelopeID)
            case ("AUTH", let value?): submitter = value == "<>" ? value : try xtext(value, limit: SMTPLimits.path)
            case ("REQUIRETLS", nil): requiresTLS = true
            case ("SIZE", nil), ("BODY", nil), ("SMTPUTF8", _), ("REQUIRETLS", _), ("RET", nil), ("ENVID", nil),
                ("AUTH", nil):
                throw .badParameter
            default: throw .unknownParameter
            }
        }
    }

    /// size-value = 1*20DIGIT — RFC 1870 §3; what 63 bits do not hold is larger than any limit.
    private static func size(_ value: String) throws(SMTPError) -> Int64 {
        guard value.utf8.count <= SMTPLimits.numberDigits, value.utf8.allSatisfy(\.isASCIIDigit) else {
            throw .badParameter
        }
        return UInt64(decimal: Array(value.utf8)[...]).map { Int64(clamping: $0) } ?? .max
    }
}

extension RcptParameters {
    init(_ list: SMTPParameterList) throws(SMTPError) {
        self.init()
        for (keyword, value) in list.items {
            switch (keyword, value) {
            case ("NOTIFY", let value?): notify = try Self.notify(value)
            case ("ORCPT", let value?): originalRecipient = try Self.originalRecipient(value)
            case ("NOTIFY", nil), ("ORCPT", nil): throw .badParameter
            default: throw .unknownParameter
            }
        }
    }

    /// "NEVER" / 1#("SUCCESS" / "FAILURE" / "DELAY") — RFC 3461 §4.1
    private static func notify(_ value: String) throws(SMTPError) -> DSNNotify {
        let words = value.asciiUppercased.split(separator: ",", omittingEmptySubsequences: false)
        if words == ["NEVER"] { return .never }
        var result: DSNNotify = []
        for word in words {
            switch word {
            case "SUCCESS": result.insert(.success)
            case "FAILURE": result.insert(.failure)
            case "DELAY": result.insert(.delay)
            default: throw .badParameter
            }
        }
        return result
    }

    /// addr-type ";" xtext — RFC 3461 §4.2; RFC 6533 §3 lets the `utf-8` type carry more than xtext.
    private static func originalRecipient(_ value: String) throws(SMTPError) -> String {
        guard let semicolon = value.utf8.firstIndex(of: UInt8(ascii: ";")), semicolon != value.utf8.startIndex,
            value.utf8.count <= SMTPLimits.originalRecipient
        else { throw .badParameter }
        let type = value.utf8[..<semicolon]
        let address = value.utf8[value.utf8.index(after: semicolon)...]
        guard type.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") }) else {
            throw .badParameter
        }
        guard String(type)?.asciiUppercased == "UTF-8" || Xtext.decode(address) != nil else { throw .badParameter }
        return value
    }
}

private func known<T>(_ value: T?) throws(SMTPError) -> T {
    guard let value else { throw .badParameter }
    return value
}

private func xtext(_ value: String, limit: Int) throws(SMTPError) -> String {
    guard value.utf8.count <= limit, Xtext.decode(value.utf8) != nil else { throw .badParameter }
    return value
}

/// Checks domains and address literals and brings them to the form that is compared.
package enum DomainName {
    /// Lower-case A-labels (`xn--…`), or the literal in lower case; nil when it is neither domain nor address literal.
    package static func key(of domain: String) -> String? {
        guard (1...MessageLimits.domainLength).contains(domain.utf8.count) else { return nil }
        if domain.utf8.first == UInt8(ascii: "[") { return literalKey(domain) }
        if isKey(domain) { return domain }
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        var result: [String] = []
        for label in labels {
            guard let key = labelKey(label) else { return nil }
            result.append(key)
        }
        let key = result.joined(separator: ".")
        return key.utf8.count <= MessageLimits.domainLength ? key : nil
    }

    /// Whether it is its own key, as nearly every domain is: lower-case labels of letters, digits and hyphens.
    private static func isKey(_ domain: String) -> Bool {
        var (length, last) = (0, UInt8(ascii: "-"))
        for byte in domain.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): length += 1
            case UInt8(ascii: "-") where length > 0: length += 1
            case UInt8(ascii: ".") where length > 0 && last != UInt8(ascii: "-"): length = 0
            default: return false
            }
            guard length <= MessageLimits.labelLength else { return false }
            last = byte
        }
        return length > 0 && last != UInt8(ascii: "-")
    }

    /// The A-label form of a domain for DNS and comparison (RFC 5891 §4.4, without its tables); same as `key(of:)` but for literals: nil.
    package static func toASCII(_ domain: String) -> String? {
        domain.utf8.first == UInt8(ascii: "[") ? nil : key(of: domain)
    }

    /// The U-label form for people; labels that do not decode stay as they are.
    package static func toUnicode(_ domain: String) -> String {
        domain.split(separator: ".", omittingEmptySubsequences: false).map { label in
            guard label.utf8.prefix(4).equalsIgnoringCase("xn--".utf8) else { return String(label) }
            guard let text = Punycode.decode(label.utf8.dropFirst(4)), labelKey(text) == label.lowercased() else {
                return String(label)
            }
            return text
        }.joined(separator: ".")
    }

    // sub-domain = Let-dig [Ldh-str]. We deliberately let "_" pass: it is found in real host names.
    private static func labelKey(_ label: String) -> String? {
        guard !label.isEmpty else { return nil }
        if label.utf8.allSatisfy({ $0 < 0x80 }) {
            guard label.utf8.count <= MessageLimits.labelLength, label.utf8.first != UInt8(ascii: "-"),
                label.utf8.last != UInt8(ascii: "-"),
                label.utf8.allSatisfy({
                    ByteClass.isLetter($0) || ByteClass.isDigit($0) || $0 == UInt8(ascii: "-")
                        || $0 == UInt8(ascii: "_")
                })
            else { return nil }
            return label.lowercased()
        }
        let folded = label.lowercased()
        guard folded.unicodeScalars.allSatisfy(isLabelScalar), let encoded = Punycode.encode(folded),
            encoded.utf8.count + 4 <= MessageLimits.labelLength
        else { return nil }
        return "xn--" + encoded
    }

    private static func isLabelScalar(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return scalar.value >= 0xa1 && !scalar.properties.isWhitespace }
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        return ByteClass.isLetter(byte) || ByteClass.isDigit(byte) || byte == UInt8(ascii: "-")
    }

    // address-literal = "[" ( IPv4-address-literal / IPv6-address-literal / General-address-literal ) "]"
    private static func literalKey(_ literal: String) -> String? {
        let bytes = Array(literal.utf8)
        guard bytes.count > 2, bytes.last == UInt8(ascii: "]") else { return nil }
        let content = bytes[1..<(bytes.count - 1)]
        guard content.allSatisfy({ (33...126).contains($0) && !(0x5b...0x5d).contains($0) }),
            content.contains(UInt8(ascii: ":")) || isIPv4(content)
        else { return nil }
        return literal.lowercased()
    }

    private static func isIPv4(_ bytes: ArraySlice<UInt8>) -> Bool {
        let fields = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return fields.count == 4
            && fields.allSatisfy { (1...3).contains($0.count) && UInt8(String(decoding: $0, as: UTF8.self)) != nil }
    }
}

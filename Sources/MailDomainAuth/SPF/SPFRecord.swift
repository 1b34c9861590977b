internal import MailNetwork

/// A policy (RFC 7208 §4.6, §5, §6), checked from end to end before anything of it is used.
struct SPFRecord: Sendable, Equatable {
    /// No record fits that many into a TXT record of 64 KiB that anybody needs.
    static let mostTerms = 1_000

    struct Directive: Sendable, Equatable {
        let result: CheckResult
        let mechanism: Mechanism
        /// As it was written.
        let text: String
    }

    enum Mechanism: Sendable, Equatable {
        case all
        case include(SPFMacroText)
        case a(SPFMacroText?, PrefixLengths)
        case mx(SPFMacroText?, PrefixLengths)
        case ptr(SPFMacroText?)
        case ip(AddressPrefix)
        case exists(SPFMacroText)
    }

    struct PrefixLengths: Sendable, Equatable {
        var v4 = 32
        var v6 = 128
    }

    var directives: [Directive] = []
    var redirect: SPFMacroText?
    var explanation: SPFMacroText?

    /// version = "v=spf1", then a space or the end (RFC 7208 §4.5).
    static func isRecord(_ text: String) -> Bool {
        let start = text.utf8.prefix(7)
        return ASCII.equal(start, "v=spf1".utf8) || ASCII.equal(start, "v=spf1 ".utf8)
    }

    init() {}

    // record = version terms *SP; terms = *( 1*SP ( directive / modifier ) )
    init(_ text: String) throws(CheckFault) {
        let terms = text.utf8.split(separator: 0x20).dropFirst().map(Array.init)
        guard terms.count <= Self.mostTerms else { throw .permanent("the record is too long") }
        for term in terms { try add(term) }
    }

    private mutating func add(_ term: [UInt8]) throws(CheckFault) {
        let name = term.prefix { ASCII.isLetter($0) || ASCII.isDigit($0) || "-_.".utf8.contains($0) }
        let rest = term[name.count...]
        if rest.first == UInt8(ascii: "=") {
            try addModifier(name, rest.dropFirst())
        } else {
            directives.append(try Self.directive(term))
        }
    }

    // modifier = redirect / explanation / unknown-modifier
    private mutating func addModifier(_ name: some Collection<UInt8>, _ value: ArraySlice<UInt8>) throws(CheckFault) {
        guard let first = name.first, ASCII.isLetter(first) else { throw Self.unknown(name) }
        switch String(decoding: name.map(ASCII.lower), as: UTF8.self) {
        case "redirect":
            guard redirect == nil, let target = SPFMacroText(domain: value) else { throw Self.unknown(name) }
            redirect = target
        case "exp":
            guard explanation == nil, let target = SPFMacroText(domain: value) else { throw Self.unknown(name) }
            explanation = target
        default: guard SPFMacroText(value) != nil else { throw Self.unknown(name) }
        }
    }

    // directive = [ qualifier ] mechanism
    private static func directive(_ term: [UInt8]) throws(CheckFault) -> Directive {
        var rest = term[...]
        let result: CheckResult
        switch rest.first {
        case UInt8(ascii: "+"): result = .pass
        case UInt8(ascii: "-"): result = .fail
        case UInt8(ascii: "~"): result = .softfail
        case UInt8(ascii: "?"): result = .neutral
        default: result = .pass
        }
        if let first = rest.first, "+-~?".utf8.contains(first) { rest = rest.dropFirst() }
        guard let mechanism = SPFMechanismParser(rest).mechanism() else { throw unknown(term) }
        return Directive(result: result, mechanism: mechanism, text: String(decoding: term, as: UTF8.self))
    }

    private static func unknown(_ term: some Collection<UInt8>) -> CheckFault {
        .permanent("\"\(String(decoding: term.prefix(40), as: UTF8.self))\" makes no sense")
    }
}

/// One mechanism with its argument.
struct SPFMechanismParser {
    private static let longestPrefixes = 8

    private let name: String
    /// Behind the name: nothing, `:...` or `/...`.
    private let rest: ArraySlice<UInt8>

    init(_ text: ArraySlice<UInt8>) {
        let name = text.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "/") }
        self.name = String(decoding: name.map(ASCII.lower), as: UTF8.self)
        rest = text.dropFirst(name.count)
    }

    func mechanism() -> SPFRecord.Mechanism? {
        switch name {
        case "all": rest.isEmpty ? .all : nil
        case "include": argument.flatMap { SPFMacroText(domain: $0) }.map { .include($0) }
        case "exists": argument.flatMap { SPFMacroText(domain: $0) }.map { .exists($0) }
        case "ip4": argument.flatMap { block($0, .v4) }.map { .ip($0) }
        case "ip6": argument.flatMap { block($0, .v6) }.map { .ip($0) }
        case "a": hosts().map { .a($0.0, $0.1) }
        case "mx": hosts().map { .mx($0.0, $0.1) }
        case "ptr": rest.isEmpty ? .ptr(nil) : argument.flatMap { SPFMacroText(domain: $0) }.map { .ptr($0) }
        default: nil
        }
    }

    private var argument: ArraySlice<UInt8>? { rest.first == UInt8(ascii: ":") ? rest.dropFirst() : nil }

    // ip4-network [ ip4-cidr-length ]: bits behind the prefix may be set.
    private func block(_ text: ArraySlice<UInt8>, _ family: IPAddress.Family) -> AddressPrefix? {
        let parts = text.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, first.first != UInt8(ascii: "[") else { return nil }
        let widest = family == .v4 ? 32 : 128
        let length = parts.count == 2 ? Self.length(parts[1], widest) : widest
        guard let address = IPAddress(String(decoding: first, as: UTF8.self)), let length else { return nil }
        if family == .v6, address.family == .v4, first.contains(UInt8(ascii: ":")) {  // ::ffff:192.0.2.1
            return AddressPrefix(around: address, length: max(0, length - 96))
        }
        return address.family == family ? AddressPrefix(around: address, length: length) : nil
    }

    // [ ":" domain-spec ] [ dual-cidr-length ]
    private func hosts() -> (SPFMacroText?, SPFRecord.PrefixLengths)? {
        guard let argument else { return lengths(rest).map { (nil, $0) } }
        let end = prefixStart(argument) ?? argument.endIndex
        guard let domain = SPFMacroText(domain: argument[..<end]), let lengths = lengths(argument[end...]) else {
            return nil
        }
        return (domain, lengths)
    }

    /// The first slash behind which nothing but prefix lengths stands, `/32//128` at the longest: a domain-spec may hold slashes too.
    private func prefixStart(_ text: ArraySlice<UInt8>) -> Int? {
        text.suffix(Self.longestPrefixes).indices.first { text[$0] == UInt8(ascii: "/") && lengths(text[$0...]) != nil }
    }

    // dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ]
    private func lengths(_ text: ArraySlice<UInt8>) -> SPFRecord.PrefixLengths? {
        var lengths = SPFRecord.PrefixLengths()
        guard !text.isEmpty else { return lengths }
        let parts = text.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard text.first == UInt8(ascii: "/"), let first = parts.first else { return nil }
        switch parts.count {
        case 1:
            guard let v4 = Self.length(first, 32) else { return nil }
            lengths.v4 = v4
        case 2:
            guard first.isEmpty, let v6 = Self.length(parts[1], 128) else { return nil }
            lengths.v6 = v6
        case 3:
            guard parts[1].isEmpty, let v4 = Self.length(first, 32), let v6 = Self.length(parts[2], 128) else {
                return nil
            }
            lengths = SPFRecord.PrefixLengths(v4: v4, v6: v6)
        default: return nil
        }
        return lengths
    }

    // "0" / %x31-39 0*1DIGIT: no leading zeros
    private static func length(_ digits: ArraySlice<UInt8>, _ widest: Int) -> Int? {
        guard let number = ASCII.number(digits, longest: 3), number <= widest,
            digits.count == 1 || digits.first != UInt8(ascii: "0")
        else { return nil }
        return number
    }
}

/// `domain-spec` and explanations: text with macros in it (RFC 7208 §7.1).
struct SPFMacroText: Sendable, Equatable {
    enum Part: Sendable, Equatable {
        case literal(String)
        case macro(Macro)
    }

    struct Macro: Sendable, Equatable {
        /// In lower case: `s`, `l`, `o`, `d`, `i`, `p`, `v`, `h`, and in explanations `c`, `r`, `t`.
        let letter: Character
        let isEscaped: Bool
        /// 0 for all.
        let labels: Int
        let isReversed: Bool
        let delimiters: [UInt8]
    }

    let parts: [Part]

    /// Whether a name is asked that depends on the letter.
    func uses(_ letter: Character) -> Bool {
        parts.contains { if case .macro(let macro) = $0 { macro.letter == letter } else { false } }
    }

    /// nil for what the grammar does not know.
    init?(_ text: some Collection<UInt8>, isExplanation: Bool = false) {
        var parts: [Part] = []
        var literal: [UInt8] = []
        var rest = Array(text)[...]
        func endLiteral() {
            if !literal.isEmpty { parts.append(.literal(String(decoding: literal, as: UTF8.self))) }
            literal = []
        }
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                // macro-literal = %x21-24 / %x26-7E; explanations have spaces too
                guard (0x21...0x7e).contains(byte) || isExplanation && byte == 0x20 else { return nil }
                literal.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "%"): literal.append(UInt8(ascii: "%"))
            case UInt8(ascii: "_"): literal.append(0x20)
            case UInt8(ascii: "-"): literal += Array("%20".utf8)
            case UInt8(ascii: "{"):
                guard let end = rest.firstIndex(of: UInt8(ascii: "}")),
                    let macro = Macro(rest[..<end], isExplanation: isExplanation)
                else { return nil }
                endLiteral()
                parts.append(.macro(macro))
                rest = rest[(end + 1)...]
            default: return nil
            }
        }
        endLiteral()
        self.parts = parts
    }

    /// `domain-spec`: ends in a macro, or in a dot and a top-level label (RFC 7208 §7.1).
    init?(domain text: some Collection<UInt8>) {
        self.init(text)
        switch parts.last {
        case nil: return nil
        case .macro: return
        case .literal(let text): guard Self.endsInTopLabel(text) else { return nil }
        }
    }

    // domain-end = ( "." toplabel [ "." ] ) / macro-expand
    private static func endsInTopLabel(_ text: String) -> Bool {
        // "%%" and the like are macro-expand as well, and name nothing that exists.
        let bytes = Array(text.utf8)
        let bare = bytes.last == UInt8(ascii: ".") ? bytes.dropLast() : bytes[...]
        guard let dot = bare.lastIndex(of: UInt8(ascii: ".")) else { return false }
        let label = bare[(dot + 1)...]
        return label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
            && label.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == UInt8(ascii: "-") }
            && label.contains { !ASCII.isDigit($0) }
    }
}

extension SPFMacroText.Macro {
    // macro-letter transformers *delimiter; transformers = *DIGIT [ "r" ]
    init?(_ text: ArraySlice<UInt8>, isExplanation: Bool) {
        var rest = text
        guard let first = rest.popFirst() else { return nil }
        let lower = ASCII.lower(first)
        guard "slodipvh".utf8.contains(lower) || isExplanation && "crt".utf8.contains(lower) else { return nil }
        let digits = rest.prefix(while: ASCII.isDigit)
        rest = rest.dropFirst(digits.count)
        var labels = 0
        if !digits.isEmpty {
            guard digits.contains(where: { $0 != UInt8(ascii: "0") }) else { return nil }
            labels = ASCII.number(digits, longest: 3) ?? 128
        }
        let isReversed = rest.first.map { ASCII.lower($0) == UInt8(ascii: "r") } ?? false
        if isReversed { rest = rest.dropFirst() }
        guard rest.allSatisfy({ ".-+,/_=".utf8.contains($0) }) else { return nil }
        self.init(
            letter: Character(Unicode.Scalar(lower)), isEscaped: lower != first, labels: labels,
            isReversed: isReversed, delimiters: rest.isEmpty ? [UInt8(ascii: ".")] : Array(rest))
    }

    /// Split, reversed, cut to the last ones, joined by dots, escaped (RFC 7208 §7.3).
    func transform(_ value: String) -> String {
        var pieces = value.utf8.split(omittingEmptySubsequences: false) { delimiters.contains($0) }
        if isReversed { pieces.reverse() }
        if labels > 0 { pieces = pieces.suffix(labels) }
        let text = pieces.map { String(decoding: Array($0), as: UTF8.self) }.joined(separator: ".")
        return isEscaped ? Self.escaped(text) : text
    }

    // RFC 3986 §2.3
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte -> String in
            if ASCII.isLetter(byte) || ASCII.isDigit(byte) || "-._~".utf8.contains(byte) {
                return String(Unicode.Scalar(byte))
            }
            let hex = String(byte, radix: 16, uppercase: true)
            return (byte < 16 ? "%0" : "%") + hex
        }.joined()
    }
}

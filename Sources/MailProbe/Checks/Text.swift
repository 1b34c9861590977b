/// A sentence in both languages, with `{names}` of facts to be filled in: see `Template`.
package struct Text: Sendable, Equatable {
    package let english: String
    package let swedish: String

    package init(_ english: String, sv swedish: String) {
        self.english = english
        self.swedish = swedish
    }

    package subscript(language: Language) -> String {
        switch language {
        case .english: english
        case .swedish: swedish
        }
    }

    /// With the facts filled in, and with the words of the reader's mail program.
    package func filled(_ facts: Facts, _ client: MailProgram = .any, in language: Language) -> String {
        Template(self[language]).filled { facts[$0]?.shown(in: language) ?? client.word($0, in: language) }
    }
}

/// Text with `{names}` in it. What stands in `[[` and `]]` is left out when one of its facts is missing.
struct Template {
    private struct Part {
        var isOptional = false
        var pieces: [Piece] = []
    }

    private enum Piece {
        case words(Substring)
        case name(Substring)
    }

    private let parts: [Part]

    init(_ text: String) {
        var (parts, rest): ([Part], Substring) = ([], text[...])
        while let open = rest.firstRange(of: "[["), let close = rest[open.upperBound...].firstRange(of: "]]") {
            parts.append(Part(pieces: Self.pieces(rest[..<open.lowerBound])))
            parts.append(Part(isOptional: true, pieces: Self.pieces(rest[open.upperBound..<close.lowerBound])))
            rest = rest[close.upperBound...]
        }
        self.parts = parts + [Part(pieces: Self.pieces(rest))]
    }

    /// A brace without its partner stands for itself.
    private static func pieces(_ text: Substring) -> [Piece] {
        var (pieces, rest): ([Piece], Substring) = ([], text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            pieces.append(.words(rest[..<open]))
            pieces.append(.name(rest[open..<close].dropFirst()))
            rest = rest[close...].dropFirst()
        }
        return pieces + [.words(rest)]
    }

    /// The facts that it names; `required`: without those that may be missing.
    func names(required: Bool = false) -> [String] {
        parts.filter { !(required && $0.isOptional) }.flatMap(\.pieces).compactMap { piece in
            guard case .name(let name) = piece else { return nil }
            return String(name)
        }
    }

    func filled(_ value: (String) -> String?) -> String {
        parts.map { part in
            let words = part.pieces.map { piece in
                switch piece {
                case .words(let words): String(words)
                case .name(let name): value(String(name))
                }
            }
            if part.isOptional, words.contains(nil) { return "" }
            return words.map { $0 ?? "?" }.joined()
        }.joined()
    }
}

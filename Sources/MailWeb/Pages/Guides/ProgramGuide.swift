/// How one mail program is set up, step by step, in the words that stand on its own buttons.
struct ProgramGuide {
    /// As its makers call it.
    let name: String
    /// Where it runs.
    let system: String
    let steps: [HTML]
    /// What stays when the steps are done, such as a file to copy.
    var rest = HTML.nothing

    var html: HTML {
        let items = steps.map { step -> HTML in "<li>\(step)</li>\n" }
        return """
            <details class="card"><summary><strong>\(name)</strong> \(system)</summary>
            <ol>
            \(items)</ol>
            \(rest)</details>

            """
    }
}

/// All of them, those that most people have first.
enum ProgramGuides {
    static func html(_ values: GuideValues) -> HTML {
        let guides =
            TelephoneGuides.all(values) + DesktopGuides.all(values)
            + [TerminalGuides.neomutt(values)].compactMap(\.self)
        let words = values.words
        return """
            <h2 id="steps">\(words("Step by step", "Steg för steg"))</h2>
            <p>\(words(
                "Open the one for your program. If yours is not here, the table above has all that it asks for.",
                "Öppna den som gäller ditt program. Finns ditt inte här har tabellen ovan allt det frågar efter."))</p>
            \(guides.map(\.html))
            """
    }
}

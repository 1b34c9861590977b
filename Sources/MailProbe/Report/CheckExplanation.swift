/// The long text on one check.
package struct CheckExplanation: Sendable {
    private let check: Check
    private let words: FindingWords
    private let style: ReportStyle

    package init(_ check: Check, _ words: FindingWords, _ style: ReportStyle) {
        (self.check, self.words, self.style) = (check, words, style)
    }

    package var text: String {
        let headings: [(Text, Text)] = [
            (Text("Seen", sv: "Vad som syns"), check.seen),
            (Text("Why it matters", sv: "Varför det spelar roll"), check.why),
            (Text("How it is found", sv: "Hur det upptäcks"), check.how),
            (Text("What a user does", sv: "Vad en användare gör"), check.remedy.user),
            (Text("What the helpdesk does", sv: "Vad supporten gör"), check.remedy.helpdesk),
            (Text("What an administrator does", sv: "Vad en administratör gör"), check.remedy.admin),
        ]
        let head = ["\(check.id) (\(check.severity.rawValue)): \(check.title[words.language])", ""]
        return (head + headings.flatMap(paragraph)).map { $0 + "\n" }.joined()
    }

    /// Facts stand as <fact>: there is no case at hand.
    private func paragraph(_ heading: Text, _ text: Text) -> [String] {
        let filled = Template(text[words.language]).filled { words.client.word($0, in: words.language) ?? "<\($0)>" }
        return ["\(heading[words.language]):"] + style.wrapped(filled, first: "  ", rest: "  ") + [""]
    }
}

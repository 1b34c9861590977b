internal import MailMessage

/// `*` stands for any text, `?` for one character; case does not count. Iterative: no pattern makes it slow or deep.
package struct TextPattern: Sendable, Equatable {
    private let pattern: [Character]

    package init(_ pattern: String) { self.pattern = Array(pattern.lowercased()) }

    func matches(_ entry: AccountEntry) -> Bool {
        matches(entry.login.text) || matches(entry.address.description) || matches(entry.name)
    }

    package func matches(_ text: String) -> Bool {
        let text = Array(text.lowercased())
        var (at, place) = (0, 0)
        var star: (at: Int, place: Int)?
        while place < text.count {
            if at < pattern.count, pattern[at] == "*" {
                star = (at, place)
                at += 1
            } else if at < pattern.count, pattern[at] == "?" || pattern[at] == text[place] {
                at += 1
                place += 1
            } else if let last = star {
                star = (last.at, last.place + 1)
                (at, place) = (last.at + 1, last.place + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}

import MailMessage
import MailStore
import MailWire

/// A change to somebody else's account as it was typed, and what is wrong with it. Fields are named `change-field`, for several
/// forms stand on one page.
struct AccountDraft {
    /// Nothing has been typed.
    static let none = AccountDraft(FormPairs())

    /// Which button was pressed; empty: none.
    let action: String
    private let form: FormPairs
    private(set) var problems: [String: String] = [:]

    init(_ form: FormPairs) {
        self.form = form
        action = form["do"] ?? ""
    }

    var hasProblem: Bool { !problems.isEmpty }

    subscript(name: String) -> String { form["\(action)-\(name)"]?.trimmed ?? "" }

    /// What a form shows again: only of the one that was sent.
    func value(_ name: String, of action: String) -> String { action == self.action ? self[name] : "" }

    func problem(_ name: String, of action: String) -> String? { action == self.action ? problems[name] : nil }

    mutating func refuse(_ name: String, _ problem: String) { problems[name] = problems[name] ?? problem }

    /// Nil: there is none, or it is too long, and the form says so.
    mutating func reason(_ words: Words) -> String? {
        guard let problem = Reason.problem(self["reason"], words) else { return self["reason"] }
        refuse("reason", problem)
        return nil
    }

    /// Nil for what is empty; what is no day, or none after today, is refused.
    mutating func day(_ name: String, after now: EpochSeconds, _ words: Words) -> EpochSeconds? {
        guard !self[name].isEmpty else { return nil }
        guard let day = MailDate(isoDay: self[name]) else {
            refuse(name, words("A day looks like 2027-01-31.", "En dag ser ut som 2027-01-31."))
            return nil
        }
        guard day.seconds > now else {
            refuse(name, words("Choose a day after today.", "Välj en dag efter i dag."))
            return nil
        }
        return day.seconds
    }
}

/// Why somebody changes something for somebody else.
enum Reason {
    /// Nil: it is one.
    static func problem(_ text: String, _ words: Words) -> String? {
        guard !text.isEmpty else {
            return words("Say why: others will ask later.", "Skriv varför: andra kommer att fråga senare.")
        }
        // As the audit trail takes it: what it refuses must not be noticed after the change.
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }
        guard isPlain, text.count <= WebLimits.longestReason, text.utf8.count <= 2 * WebLimits.longestReason else {
            return words("Say it in one shorter line.", "Skriv det på en kortare rad.")
        }
        return nil
    }
}

/// One form of several on a page about an account: folded until it is wanted, or something is wrong with it.
struct ChangeForm {
    let path: String
    let secret: HTML
    let draft: AccountDraft
    let words: Words

    init(_ visit: Visit, _ managed: Managed, _ draft: AccountDraft) {
        (path, secret, self.draft, words) = (managed.path, visit.hiddenSecret, draft, visit.words)
    }

    func html(_ action: String, _ title: String, _ fields: HTML = "", button: String, isDanger: Bool = false) -> HTML {
        let isOpen = draft.action == action && draft.hasProblem
        return """
            <details\(isOpen ? " open" : "")><summary>\(title)</summary>
            <form method="post" action="\(path)" class="card">\(secret)\(fields)\(reason(action))
            <button\(isDanger ? " class=\"danger\"" as HTML : "") name="do" value="\(action)">\(button)</button></form></details>

            """
    }

    func field(
        _ action: String, _ name: String, _ label: String, kind: Field.Kind = .text, help: String = "",
        isRequired: Bool = true, longest: Int = 40
    ) -> HTML {
        Field(
            name: "\(action)-\(name)", label: label, kind: kind, value: draft.value(name, of: action), help: help,
            error: draft.problem(name, of: action), isRequired: isRequired, longest: longest
        ).html
    }

    private func reason(_ action: String) -> HTML {
        field(
            action, "reason", words("Why", "Varför"),
            help: words("Kept in the audit trail.", "Sparas i granskningsloggen."), longest: WebLimits.longestReason)
    }
}

import MailIdentity
import MailMessage
import MailStore
import MailTransport
import MailWire

/// A new password, twice, and what was wrong with it.
struct PasswordForm {
    private let visit: Visit
    private var newProblem: String?
    private var againProblem: String?

    init(_ visit: Visit) throws { self.visit = visit }

    var status: HTTPStatus { newProblem == nil && againProblem == nil ? .ok : .unprocessableContent }

    /// What the directory shall keep of the password that was typed; nil: the form says what is wrong with it.
    mutating func credential(from form: FormPairs, for entry: AccountEntry) async throws -> Credential? {
        let (first, second) = (form["new"] ?? "", form["again"] ?? "")
        guard first == second else {
            againProblem = visit.words("The two are not the same.", "De två är inte likadana.")
            return nil
        }
        let (settings, now) = (visit.settings, visit.site.clock())
        let before = try await visit.site.store.directory.credential(of: entry.id)
        let frame = try await visit.site.store.directory.scramFrame(of: entry.id)
        do {
            let (policy, names) = (PasswordPolicy(minimumLength: settings.minimumPasswordLength), Self.names(of: entry))
            let prepared = try await visit.site.pool.run { try policy.check(Array(first.utf8), names: names, at: now) }
            newProblem = await outsideProblem(Array(first.utf8), of: entry)
            guard newProblem == nil else { return nil }
            let scram = settings.offersScram
            return try await visit.site.pool.run {
                try PasswordChange.credential(for: prepared, withScram: scram, after: before, like: frame, at: now)
            }
        } catch let refusal as PasswordPolicy.Refusal {
            newProblem = PasswordWords.text(refusal, visit.words)
            return nil
        }
    }

    /// A mail password lies in phones and programs: it shall not open everything else too. An organisation that cannot be asked
    /// keeps nobody from setting one.
    private func outsideProblem(_ password: [UInt8], of entry: AccountEntry) async -> String? {
        let words = visit.words
        guard visit.settings.comparesPasswords, let door = visit.site.organisation else { return nil }
        switch await door.compare(password, of: entry, from: visit.origin) {
        case .another: return nil
        case .same:
            return words(
                "This is your password at \(visit.settings.title). Choose another one for mail.",
                "Det är ditt lösenord hos \(visit.settings.title). Välj ett annat för e-posten.")
        case .tooOften(let seconds):
            return words(
                "You have tried many passwords. Try again in \(words.span(Int64(seconds))).",
                "Du har provat många lösenord. Försök igen om \(words.span(Int64(seconds))).")
        case .unknown(let cause):
            visit.site.note(WebEvent(.identityUnavailable, visit, cause: cause, way: .program))
            return nil
        }
    }

    /// What no password of this person should be.
    static func names(of entry: AccountEntry) -> [String] {
        [entry.login.text, entry.address.description, entry.address.local, entry.name]
    }

    var html: HTML {
        let words = visit.words
        let minimum = visit.settings.minimumPasswordLength
        let first = Field(
            name: "new", label: words("New mail password", "Nytt e-postlösenord"), kind: .password,
            help: words(
                "At least \(minimum) characters. Three or four words that do not belong together are easy to remember and hard to guess.",
                "Minst \(minimum) tecken. Tre eller fyra ord som inte hör ihop är lätta att minnas och svåra att gissa."
            ),
            error: newProblem, autocomplete: "new-password", longest: PreparedPassword.maximumLength)
        let second = Field(
            name: "again", label: words("The same once more", "Samma en gång till"), kind: .password,
            error: againProblem, autocomplete: "new-password", longest: PreparedPassword.maximumLength)
        return "\(first.html)\(second.html)"
    }
}

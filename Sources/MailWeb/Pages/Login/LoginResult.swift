import MailIdentity
import MailStore

/// What a login came to, whoever judged it: somebody, or a sentence for him and words for the log.
struct LoginResult {
    var entry: AccountEntry?
    var problem = ""
    var reason: WebEvent.Reason?
    var cause: String?

    init(_ outcome: LoginOutcome, _ words: Words) {
        entry = outcome.admission?.entry
        (problem, reason) = (LoginWords.of(outcome, words), outcome.reason)
    }

    init(_ outcome: OrganisationOutcome, _ visit: Visit) {
        let words = visit.words
        switch outcome {
        case .success(let entry): self.entry = entry
        case .wrong: (problem, reason) = (LoginWords.wrong(words), .wrong)
        case .locked(let seconds): (problem, reason) = (LoginWords.locked(seconds, words), .locked)
        case .suspended: (problem, reason) = (LoginWords.closedHere(words), .suspended)
        case .refused: (problem, reason) = (LoginWords.closedHere(words), .refused)
        case .noAccount(let name): (problem, reason) = (LoginWords.noAccount(name, visit), .noAccount)
        case .unavailable(let cause):
            (problem, reason, self.cause) = (LoginWords.unavailable(words), .unavailable, cause)
        }
    }
}

/// What is said of a login that came to nothing.
enum LoginWords {
    static func empty(_ words: Words) -> String {
        words("Type your name and your password.", "Skriv ditt namn och ditt lösenord.")
    }

    static func wrong(_ words: Words) -> String {
        words("Name or password is wrong.", "Namnet eller lösenordet är fel.")
    }

    static func locked(_ seconds: Int, _ words: Words) -> String {
        words(
            "Too many attempts have failed. Try again in \(words.span(Int64(seconds))).",
            "För många försök har misslyckats. Försök igen om \(words.span(Int64(seconds))).")
    }

    static func closed(_ words: Words) -> String {
        words(
            "The password is right, but this account is closed. Ask your computer support.",
            "Lösenordet är rätt, men kontot är stängt. Fråga din datorsupport.")
    }

    static func refused(_ refusal: LoginRefusal, _ words: Words) -> String {
        switch refusal.reason {
        case .onlyFor, .appPasswordExpired:
            words(
                "That is the password of one program. Type your mail password.",
                "Det är lösenordet för ett enskilt program. Skriv ditt e-postlösenord.")
        case .switchedOff:
            words(
                "These pages are switched off for your account. Ask your computer support.",
                "De här sidorna är avstängda för ditt konto. Fråga din datorsupport.")
        }
    }

    static func closedHere(_ words: Words) -> String {
        words(
            "You are who you say, but your mail account here is closed. Ask your computer support.",
            "Du är den du säger, men ditt e-postkonto här är stängt. Fråga din datorsupport.")
    }

    static func unavailable(_ words: Words) -> String {
        words(
            "Nobody can log in just now. Try again in a minute.",
            "Just nu går det inte att logga in. Försök igen om en minut.")
    }

    /// Who is right where he works or studies, and has nothing here.
    static func noAccount(_ name: String, _ visit: Visit) -> String {
        let contact = visit.settings.contact
        return contact.isEmpty
            ? visit.words(
                "You are logged in as \(name), but there is no mail account of that name here. Ask your computer support.",
                "Du är inloggad som \(name), men det finns inget e-postkonto med det namnet här. Fråga din datorsupport."
            )
            : visit.words(
                "You are logged in as \(name), but there is no mail account of that name here. Ask \(contact).",
                "Du är inloggad som \(name), men det finns inget e-postkonto med det namnet här. Fråga \(contact).")
    }

    static func of(_ outcome: LoginOutcome, _ words: Words) -> String {
        switch outcome {
        case .locked(let seconds): locked(seconds, words)
        case .refused(let refusal): refused(refusal, words)
        case .suspended: closed(words)
        case .unavailable: unavailable(words)
        case .passwordChanged(isTold: true):
            words("The password has been changed. Type the new one.", "Lösenordet har bytts. Skriv det nya.")
        case .wrong, .passwordChanged, .noPassword, .success: wrong(words)
        }
    }
}

extension LoginOutcome {
    /// For the log.
    fileprivate var reason: WebEvent.Reason? {
        switch self {
        case .success: nil
        case .wrong: .wrong
        case .passwordChanged: .former
        case .locked: .locked
        case .suspended: .suspended
        case .refused: .refused
        case .noPassword: .noPassword
        case .unavailable: .unavailable
        }
    }
}

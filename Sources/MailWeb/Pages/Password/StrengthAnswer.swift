import MailIdentity
import MailStore
import MailTransport
import MailWire

/// How long the password that is being typed would hold: asked by the page's script, answered as two lines, a number from 0 to 4
/// and a sentence. Nothing of it is kept.
enum StrengthAnswer {
    static func judge(_ visit: Visit) async throws -> HTTPResponse {
        let password = try visit.request.form()["new"] ?? ""
        let names = PasswordForm.names(of: try visit.owner().entry)
        let year = PasswordPolicy.year(visit.site.clock())
        let strength = try await visit.site.pool.run { PasswordStrength(of: password, names: names, year: year) }
        return .text(.ok, "\(strength.score.rawValue)\n\(sentence(strength, visit.words))")
    }

    private static func sentence(_ strength: PasswordStrength, _ words: Words) -> String {
        let verdict = verdict(strength.score, words)
        let help = strength.advice.first.map { StrengthWords.text($0, words) }
        let reason = strength.reason.map { StrengthWords.text($0, words) }
        return [verdict, reason, help].compactMap { $0 }.joined(separator: " ")
    }

    private static func verdict(_ score: PasswordStrength.Score, _ words: Words) -> String {
        switch score {
        case .veryWeak: words("Very weak.", "Mycket svagt.")
        case .weak: words("Weak.", "Svagt.")
        case .fair: words("Fair.", "Hyfsat.")
        case .good: words("Good.", "Bra.")
        case .strong: words("Strong.", "Starkt.")
        }
    }
}

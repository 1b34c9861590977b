package import MailMessage

/// What a new password must be. Only what helps against guessing: length, not the name itself, and none of the first that
/// everybody tries (NIST SP 800-63B §5.1.1.2).
package struct PasswordPolicy: Sendable {
    package enum Refusal: Error, Sendable, Equatable {
        case tooShort(minimum: Int)
        case invalidCharacters
        case tooLong
        case likeName
        case tooSimple
        /// `PasswordStrength.Score.veryWeak`.
        case tooCommon
    }

    package var minimumLength: Int

    package init(minimumLength: Int = 8) { self.minimumLength = minimumLength }

    /// A minimum length of zero switches the whole policy off: for tests. `now`: this year is a likely part of a password.
    package func check(
        _ raw: [UInt8], names: [String] = [], at now: EpochSeconds
    ) throws(Refusal) -> PreparedPassword {
        guard raw.count <= PreparedPassword.maximumLength else { throw .tooLong }
        guard !raw.isEmpty else { throw .tooShort(minimum: max(1, minimumLength)) }
        guard let password = PreparedPassword(raw) else { throw .invalidCharacters }
        guard minimumLength > 0 else { return password }
        let text = String(decoding: password.bytes, as: UTF8.self)
        guard text.count >= minimumLength else { throw .tooShort(minimum: minimumLength) }
        guard Set(text).count > 2 else { throw .tooSimple }
        guard !names.contains(where: { $0.lowercased() == text.lowercased() }) else { throw .likeName }
        let strength = PasswordStrength(of: text, names: names, year: Self.year(now))
        guard strength.score > .veryWeak else { throw .tooCommon }
        return password
    }

    /// In UTC, and near enough at a year's end.
    package static func year(_ now: EpochSeconds) -> Int { 1_970 + Int(now / 31_556_952) }
}

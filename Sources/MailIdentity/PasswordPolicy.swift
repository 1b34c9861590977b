/// What a new password must be. Only what helps against guessing: length, and not the name itself (NIST SP 800-63B §5.1.1).
package struct PasswordPolicy: Sendable {
    package enum Refusal: Error, Sendable, Equatable {
        case tooShort(minimum: Int)
        case invalidCharacters
        case tooLong
        case likeName
        case tooSimple
    }

    package var minimumLength: Int

    package init(minimumLength: Int = 8) { self.minimumLength = minimumLength }

    /// A minimum length of zero switches the whole policy off: for tests.
    package func check(_ raw: [UInt8], names: [String] = []) throws(Refusal) -> PreparedPassword {
        guard raw.count <= PreparedPassword.maximumLength else { throw .tooLong }
        guard !raw.isEmpty else { throw .tooShort(minimum: max(1, minimumLength)) }
        guard let password = PreparedPassword(raw) else { throw .invalidCharacters }
        guard minimumLength > 0 else { return password }
        let text = String(decoding: password.bytes, as: UTF8.self)
        guard text.count >= minimumLength else { throw .tooShort(minimum: minimumLength) }
        guard Set(text).count > 2 else { throw .tooSimple }
        guard !names.contains(where: { $0.lowercased() == text.lowercased() }) else { throw .likeName }
        return password
    }
}

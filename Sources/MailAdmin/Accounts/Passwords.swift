import MailIdentity
package import MailMessage
package import MailStore

/// Passwords as an administrator handles them: from their bytes, or from another system's hash. Blocking by design.
package enum Passwords {
    /// Hash and SCRAM keys of a new password; with a minimum length of zero anything goes.
    package static func credential(
        for raw: [UInt8], minimumLength: Int, names: [String], withScram: Bool, after before: Credential? = nil,
        like frame: ScramKeys? = nil, at now: EpochSeconds
    ) throws(AdminError) -> Credential {
        let password: PreparedPassword
        do {
            password = try PasswordPolicy(minimumLength: minimumLength).check(raw, names: names, at: now)
        } catch {
            throw .wrongData("the password \(words(error))")
        }
        do {
            return try PasswordChange.credential(
                for: password, withScram: withScram, after: before, like: frame, at: now)
        } catch {
            throw .wrongData("crypt(3) made no hash of the password")
        }
    }

    /// Any format this system's crypt(3) verifies, and SCRAM keys (`ScramKeysText`) when they come along.
    package static func credential(
        importing hash: String, scram: String? = nil, at now: EpochSeconds
    ) throws(AdminError) -> Credential {
        var credential: Credential
        do {
            credential = try PasswordChange.credential(importing: hash, at: now)
        } catch {
            throw .wrongData("the password hash is of no kind that crypt(3) can verify")
        }
        guard let scram else { return credential }
        credential.scram = ScramKeysText.keys(scram)
        guard credential.scram != nil else { throw .wrongData("the SCRAM keys are not SCRAM-SHA-256 keys") }
        return credential
    }

    package static func scramText(_ credential: Credential) -> String? {
        credential.scram.map { ScramKeysText.text($0) }
    }

    package static func verify(_ raw: [UInt8], _ credential: Credential?) -> Bool {
        PasswordChange.verify(raw, credential)
    }

    private static func words(_ refusal: PasswordPolicy.Refusal) -> String {
        switch refusal {
        case .tooShort(let minimum): "is shorter than \(minimum) characters"
        case .tooLong: "is longer than \(PreparedPassword.maximumLength) bytes"
        case .invalidCharacters: "has control characters or is not UTF-8"
        case .likeName: "is the account's own name"
        case .tooSimple: "repeats one or two characters"
        case .tooCommon: "is among the first that anybody would try"
        }
    }
}

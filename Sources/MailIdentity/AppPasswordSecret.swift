import MailCrypto
package import MailStore

/// A generated password for one program: 125 random bits as five groups of five letters.
///
/// The first group is its handle; the other hundred bits are the secret. With so many, guessing is hopeless even for
/// whoever has the digests, so one fast hash does, and no login costs more crypt(3) than one with a wrong password.
package struct AppPasswordSecret: Sendable {
    private static let groups = 5
    private static let length = groups * AppPasswordHandle.length
    private static let purpose = Array("posthus app password\0".utf8)

    package let handle: AppPasswordHandle
    private let letters: [UInt8]

    /// A new one.
    package init() {
        let alphabet = AppPasswordAlphabet.characters
        // 256 is a multiple of 32: every letter is as likely as any other.
        let letters = randomBytes(Self.length).map { alphabet[Int($0) % alphabet.count] }
        self.init(letters: letters)
    }

    /// What somebody typed, in capitals too and with or without its hyphens; nil for what is no app password by its form.
    package init?(typed: [UInt8]) {
        guard typed.count <= 2 * Self.length else { return nil }
        let letters = typed.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }.map(Self.folded)
        guard letters.count == Self.length, letters.allSatisfy(AppPasswordAlphabet.contains) else { return nil }
        self.init(letters: letters)
    }

    private init(letters: [UInt8]) {
        self.letters = letters
        handle = AppPasswordHandle(unchecked: String(decoding: letters.prefix(AppPasswordHandle.length), as: UTF8.self))
    }

    /// Shown once, never kept.
    package var text: String {
        let starts = stride(from: 0, to: letters.count, by: AppPasswordHandle.length)
        return starts.map { String(decoding: letters[$0...].prefix(AppPasswordHandle.length), as: UTF8.self) }
            .joined(separator: "-")
    }

    /// Of the text as it is shown. `frame`: salt and iterations of the account's other keys; nil where there are none.
    package func scramKeys(like frame: ScramKeys?) -> ScramKeys? {
        guard let password = PreparedPassword(Array(text.utf8)) else { return nil }
        return ScramKeyMaker.keys(
            for: password, iterations: frame?.iterations ?? ScramKeyMaker.minimumIterations, salt: frame?.salt)
    }

    package var digest: [UInt8] { sha256(Self.purpose + letters) }

    func proves(_ entry: AppPasswordEntry, of account: AccountEntry) -> Bool {
        entry.account == account.id && constantTimeEquals(digest, entry.digest)
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}

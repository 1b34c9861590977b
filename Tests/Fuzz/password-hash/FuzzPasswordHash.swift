import MailCrypto
import MailIdentity
import MailStore

/// Hashes and SCRAM keys as other servers' lists have them: text that is only taken when it can be verified.
enum FuzzPasswordHash: FuzzTarget {
    static let name = "password-hash"

    static func check(_ input: [UInt8]) -> String? {
        let text = String(decoding: input, as: UTF8.self)
        var rules = Rules()
        if let hash = PasswordHash.imported(text) {
            rules.that(PasswordHash.imported(hash) == hash, "\(hash) is another hash the second time")
            rules.that(hash.utf8.count <= PasswordHash.longestHash, "\(hash.utf8.count) bytes")
            rules.that(hash.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: ":") }, "a bad byte")
            rules.that(text.hasSuffix(hash), "\(hash) is not what stood in \(text)")
        }
        if let keys = ScramKeysText.keys(text) {
            rules.that(ScramKeysText.keys(ScramKeysText.text(keys)) == keys, "keys change when they are written")
            rules.that(keys.iterations >= ScramKeyMaker.minimumIterations, "\(keys.iterations) iterations")
        }
        return rules.broken
    }
}

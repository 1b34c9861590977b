import MailCrypto
import MailOpenID

/// What an OpenID provider sends: by way of a browser, and when it is asked.
enum FuzzIdentityTokens: FuzzTarget {
    static let name = "identity-tokens"
    /// Of a value of JSON, which can be a bracket, and of a key, which is OpenSSL's.
    static var memoryPerByte: Int { 600 }

    static func check(_ input: [UInt8]) -> String? {
        guard let choice = input.first else { return nil }
        let rest = Array(input.dropFirst())
        return switch choice % 5 {
        case 0: brokenToken(rest)
        case 1: brokenKeys(rest)
        case 2: brokenMetadata(rest)
        case 3: brokenAddress(String(decoding: rest, as: UTF8.self))
        default: brokenCoding(rest)
        }
    }

    /// Whatever a token says, nobody is let in by a key that did not sign it.
    private static func brokenToken(_ octets: [UInt8]) -> String? {
        guard let token = try? SignedToken(String(decoding: octets, as: UTF8.self)),
            let key = TokenKey(modulus: [UInt8](repeating: 0xff, count: 256), exponent: [1, 0, 1])
        else { return nil }
        let wanted = IdentityToken.Expectation(issuer: "https://id.example", client: "mail", nonce: "n", now: 1)
        do throws(IdentityToken.Problem) {
            _ = try IdentityToken(token, signedBy: key, wanted)
            return "a token that nobody signed"
        } catch {
            return error == .signature ? nil : "looked at before the signature: \(error)"
        }
    }

    private static func brokenKeys(_ octets: [UInt8]) -> String? {
        guard let keys = KeySet(octets) else { return nil }
        var rules = Rules()
        rules.that(keys.entries.count <= OpenIDLimits.keys, "\(keys.entries.count) keys")
        for entry in keys.entries {
            rules.that(
                !entry.key.verify([UInt8](repeating: 1, count: 64), of: octets), "any signature is one of \(entry)")
            let found = keys.key(named: entry.name, for: entry.key.algorithm)
            let alike = keys.entries.count {
                $0.key.algorithm == entry.key.algorithm && (entry.name == nil || $0.name == entry.name)
            }
            rules.that((found != nil) == (alike == 1), "\(alike) keys of one name")
        }
        return rules.broken
    }

    private static func brokenMetadata(_ octets: [UInt8]) -> String? {
        guard let metadata = try? ProviderMetadata(octets, from: "https://id.example") else { return nil }
        let request = AuthorizationRequest(
            client: "a b", redirect: "https://mail.example/login/callback", scope: "openid", state: "s", nonce: "n",
            challenge: "c")
        let place = request.place(at: metadata.authorization)
        var rules = Rules()
        rules.that(place.hasPrefix("https://"), "a browser is sent to \(place)")
        rules.that(place.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }, "no header field: \(place)")
        rules.that(!place.utf8.contains(UInt8(ascii: "#")), "a fragment: \(place)")
        return rules.broken
    }

    private static func brokenAddress(_ text: String) -> String? {
        guard let address = WebAddress(text) else { return nil }
        var rules = Rules()
        rules.that(address.path.hasPrefix("/") && address.port > 0 && !address.host.isEmpty, "\(address)")
        rules.that(address.path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }, "no request line: \(address)")
        let again = "https://\(address.host):\(address.port)\(address.path)"
        if let same = WebAddress(again) {
            rules.that(
                same.host == address.host && same.port == address.port && same.path == address.path,
                "\(address) and \(same)")
        } else {
            rules.that(again.utf8.count > WebAddress.longest, "\(again) is no address")
        }
        return rules.broken
    }

    private static func brokenCoding(_ octets: [UInt8]) -> String? {
        var rules = Rules()
        rules.that(Base64URL.decode(Base64URL.encode(octets)) == octets, "written and read differ")
        if let decoded = Base64URL.decode(octets) {
            rules.that(Array(Base64URL.encode(decoded).utf8) == octets, "two spellings of one value")
        }
        return rules.broken
    }
}

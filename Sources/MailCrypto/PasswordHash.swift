import CGlibc
import Glibc

package enum PasswordHashError: Error, Sendable, Equatable {
    /// crypt(3) could not make a setting or a hash: an old libcrypt, no randomness, or no memory.
    case unavailable
    /// A password with a zero octet: crypt(3) would end there.
    case zeroOctet
}

/// Password hashes of crypt(3). Blocking work of milliseconds: call it on a `BlockingPool`.
package enum PasswordHash {
    /// A longer input is cut: `$6$` takes quadratic time (CVE-2016-20013), and crypt(3) refuses 512 octets and more.
    package static let longestPassword = 511
    /// No hash of any format is longer (crypt.h, CRYPT_OUTPUT_SIZE).
    package static let longestHash = 384

    /// A new yescrypt hash, `$y$j9T$...`.
    package static func make(_ password: [UInt8]) throws(PasswordHashError) -> String {
        guard !password.contains(0) else { throw .zeroOctet }
        guard let setting = crypt_gensalt_ra("$y$", 0, nil, 0) else { throw .unavailable }
        defer { free(setting) }
        return try crypt(password, setting: String(cString: setting))
    }

    /// False for a wrong password and for everything that is not a hash. Throws when there is no memory for the work (yescrypt
    /// takes megabytes): a right password must not be called wrong.
    package static func check(_ password: [UInt8], hash: String) throws(PasswordHashError) -> Bool {
        guard !password.contains(0), isAcceptable(hash) else { return false }
        let made = try crypt(password, setting: hash)
        return constantTimeEquals(Array(made.utf8), Array(hash.utf8))
    }

    /// The same, for a caller that can do nothing about a lack of memory.
    package static func verify(_ password: [UInt8], hash: String) -> Bool {
        (try? check(password, hash: hash)) ?? false
    }

    /// The crypt(3) hash inside what another server stored: `{CRYPT}$6$...`, `{SHA512-CRYPT}...`, `{BLF-CRYPT}...`, or
    /// the hash alone. nil when this system's crypt(3) cannot verify it.
    package static func imported(_ text: String) -> String? {
        guard text.hasPrefix("{") else { return isAcceptable(text) ? text : nil }
        guard let end = text.firstIndex(of: "}") else { return nil }
        let scheme = text[text.index(after: text.startIndex)..<end].uppercased()
        let hash = String(text[text.index(after: end)...])
        guard let starts = schemes[scheme], isAcceptable(hash) else { return nil }
        return starts.contains { hash.hasPrefix($0) } ? hash : nil
    }

    /// Dovecot's and OpenLDAP's names for formats of crypt(3), each with how its hashes begin.
    private static let schemes = [
        "CRYPT": ["$"], "SHA512-CRYPT": ["$6$"], "SHA256-CRYPT": ["$5$"], "MD5-CRYPT": ["$1$"],
        "BLF-CRYPT": ["$2a$", "$2b$", "$2y$"],
    ]

    /// Printable, no longer than crypt(3) makes them, of a format this crypt(3) knows, and with a hash behind the setting.
    private static func isAcceptable(_ hash: String) -> Bool {
        guard hash.utf8.count <= longestHash, hash.hasPrefix("$"),
            hash.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "*") })
        else { return false }
        let answer = crypt_checksalt(hash)
        return answer != CRYPT_SALT_INVALID && answer != CRYPT_SALT_METHOD_DISABLED
    }

    /// crypt_r with its 32 KiB of data on the heap: event-loop and pool threads have small stacks.
    private static func crypt(_ password: [UInt8], setting: String) throws(PasswordHashError) -> String {
        var phrase = password.prefix(longestPassword).map { CChar(bitPattern: $0) }
        phrase.append(0)
        guard let data = calloc(1, MemoryLayout<crypt_data>.size) else { throw .unavailable }
        defer {
            explicit_bzero(data, MemoryLayout<crypt_data>.size)
            free(data)
            phrase.withUnsafeMutableBytes { space in
                if let start = space.baseAddress { explicit_bzero(start, space.count) }
            }
        }
        let hash = crypt_r(phrase, setting, data.assumingMemoryBound(to: crypt_data.self)).map { String(cString: $0) }
        guard let hash, !hash.hasPrefix("*") else { throw .unavailable }  // "*0" and "*1" are failures
        return hash
    }
}

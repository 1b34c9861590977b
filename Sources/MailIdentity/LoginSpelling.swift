import MailMessage
import MailStore

/// A name as failures are counted for it: `"anna"@Example.org` and `anna@example.org` are one, or whoever guesses could begin anew
/// with each spelling.
package enum LoginSpelling {
    private static let longest = 320

    package static func key(of name: String) -> String {
        String((EmailAddress(name).map { AddressKey($0).text } ?? name.lowercased()).prefix(longest))
    }
}

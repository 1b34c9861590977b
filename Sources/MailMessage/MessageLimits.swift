/// Every bound of this module. Beyond a bound the rest is treated as plain body; mail is never refused for it.
package enum MessageLimits {
    /// Multiparts and embedded messages inside each other.
    package static let nesting = 100
    package static let parts = 10_000
    /// Header bytes kept, all parts of one message together.
    package static let headerBytes = 1 << 20
    /// RFC 2046 §5.1.1 allows 70 characters; broken mailers write more.
    package static let boundaryLength = 1_000
    /// White space after a boundary that still counts as padding (RFC 2046 §5.1.1).
    package static let boundaryPadding = 200
    package static let parameters = 1_000
    package static let addresses = 10_000
    package static let threadKeys = 1_000
    package static let languages = 100
    package static let charsetNameLength = 64
    /// RFC 5321 §4.5.3.1.1 and §4.5.3.1.2, RFC 1035 §2.3.4.
    package static let localPartLength = 64
    package static let domainLength = 255
    package static let labelLength = 63
    /// Longer header values leave as literals, so that no client meets an endless quoted string.
    package static let quotedStringLength = 1_000
}

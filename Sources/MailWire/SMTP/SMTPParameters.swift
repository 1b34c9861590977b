/// MAIL's parameters.
package struct MailParameters: Hashable, Sendable {
    /// RFC 1870: the size the client declares.
    package var size: Int64?
    package var body: BodyType?
    /// RFC 6531 §3.4.
    package var isInternational = false
    /// RFC 3461 §4.3.
    package var dsnReturn: DSNReturn?
    /// RFC 3461 §4.4: as given, in xtext.
    package var envelopeID: String?
    /// RFC 4954 §5: as given, in xtext, or `<>`.
    package var submitter: String?
    /// RFC 8689 §2.
    package var requiresTLS = false

    package init() {}
}

/// RFC 6152 and RFC 3030 §3.
package enum BodyType: String, Hashable, Sendable {
    case sevenBit = "7BIT"
    case eightBit = "8BITMIME"
    case binary = "BINARYMIME"
}

package enum DSNReturn: String, Hashable, Sendable {
    case full = "FULL"
    case headers = "HDRS"
}

/// RCPT's parameters.
package struct RcptParameters: Hashable, Sendable {
    /// RFC 3461 §4.1; nil when the client did not say.
    package var notify: DSNNotify?
    /// RFC 3461 §4.2: `rfc822;xtext` as given.
    package var originalRecipient: String?

    package init() {}
}

/// When the sender wants to hear; empty means NEVER.
package struct DSNNotify: OptionSet, Hashable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let success = DSNNotify(rawValue: 1)
    package static let failure = DSNNotify(rawValue: 2)
    package static let delay = DSNNotify(rawValue: 4)
    package static let never: DSNNotify = []
}

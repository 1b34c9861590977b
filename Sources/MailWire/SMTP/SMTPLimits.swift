/// Bounds of SMTP itself; what an administrator may set comes from the session's settings.
package enum SMTPLimits {
    /// A command line without its CRLF. RFC 5321 §4.5.3.1.4 asks for 512, the extensions' parameters for more.
    package static let commandLine = 2_048
    /// One line of a SASL exchange (RFC 4954 §4).
    package static let saslLine = 12_288
    /// EHLO's argument: as long as a domain may be (RFC 5321 §4.5.3.1.2).
    package static let clientName = 255
    /// A path with its brackets (RFC 5321 §4.5.3.1.3 asks for 256; source routes are ignored and may be longer).
    package static let path = 1_024
    package static let parameters = 16
    /// RFC 3461 §4.4: ENVID at most 100, §4.2: ORCPT at most 500 characters.
    package static let envelopeID = 100
    package static let originalRecipient = 500
    /// Digits of SIZE (RFC 1870 §3).
    package static let numberDigits = 20
}

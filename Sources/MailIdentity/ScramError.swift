/// Why a SCRAM exchange fails, in the words of RFC 5802 §7 `server-error-value`.
package enum ScramError: String, Error, Sendable {
    case malformed = "invalid-encoding"
    case extensionsNotSupported = "extensions-not-supported"
    case invalidName = "invalid-username-encoding"
    case otherAuthorization = "other-error"
    case proofWrong = "invalid-proof"
    /// By the password from before the last change.
    case proofFormer = "former-proof"
    case bindingMismatch = "channel-bindings-dont-match"
    /// The client says that we do not bind channels, although we offered it: somebody took the offer away.
    case downgraded = "server-does-support-channel-binding"
    case bindingNotSupported = "channel-binding-not-supported"
    case bindingTypeUnknown = "unsupported-channel-binding-type"

    /// The last message of the server: `e=...`.
    package var message: [UInt8] { Array("e=\(self == .proofFormer ? Self.proofWrong.rawValue : rawValue)".utf8) }
}

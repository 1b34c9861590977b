package import MailMessage

/// What a link leads to.
package enum WebLinkPurpose: String, Sendable, CaseIterable {
    case passwordReset

    package static let standardLife: EpochSeconds = 86_400
}

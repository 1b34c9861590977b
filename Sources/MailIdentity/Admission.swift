package import MailStore

/// Whom a password let in, and which of his passwords it was.
package struct Admission: Sendable {
    package let entry: AccountEntry
    /// nil: the mail password.
    package let appPassword: AppPasswordHandle?

    package init(_ entry: AccountEntry, appPassword: AppPasswordHandle? = nil) {
        self.entry = entry
        self.appPassword = appPassword
    }
}

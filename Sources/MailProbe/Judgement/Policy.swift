package import MailDial

/// What counts as a fault, and what the organisation has promised.
package struct Policy: Sendable {
    package var documented = DocumentedSettings()
    /// What the user typed into a mail program, if that is what is looked at.
    package var typed: ClientSettings?
    package var minimumTLS = TLSVersion.tls12
    package var warnDays = 21
    package var criticalDays = 7
    /// The name that certificates must bear, instead of the endpoint's host.
    package var serverName: String?
    /// The user asked for that family alone: that there is no other proves nothing.
    package var isOnlyIPv6 = false
    package var loginName: String?
    /// Seconds since 1970, when the run began.
    package var now: Int64
    /// In milliseconds.
    package var slowConnect = 1_000
    package var slowGreeting = 3_000
    package var mostSkew: Int64 = 300

    package init(now: Int64) { self.now = now }
}

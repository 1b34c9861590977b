package import MailNetwork

/// What one check said about one place.
package struct Finding: Sendable, Equatable {
    package let check: CheckID
    package var status: Status
    /// The endpoint's URL, a domain, or "settings".
    package var target: String
    package var address: IPAddress?
    package var facts: Facts
    /// Why it was skipped: the check that failed before it.
    package var because: CheckID?
    package var milliseconds: Int

    package init(
        _ check: CheckID, _ status: Status, target: String, address: IPAddress? = nil, facts: Facts = [:],
        because: CheckID? = nil, milliseconds: Int = 0
    ) {
        self.check = check
        self.status = status
        self.target = target
        self.address = address
        self.facts = facts
        self.because = because
        self.milliseconds = milliseconds
    }

    package var isProblem: Bool { status == .warning || status == .critical || status == .unknown }
}

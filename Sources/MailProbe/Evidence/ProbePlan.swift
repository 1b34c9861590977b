package import MailDial
package import MailMessage

/// How an endpoint is looked at: the same for all of a run.
package struct ProbePlan: Sendable {
    package var trust: TLSTrust
    package var token: ProbeToken
    package var patience = Patience()
    /// The name for SNI and for the certificate, instead of the endpoint's host.
    package var serverName: String?
    package var minimumTLS = TLSVersion.tls12
    package var login: Login?
    /// For MAIL FROM after a login.
    package var sender: String?
    /// Asks whether mail for elsewhere is taken without a login; RCPT alone, never DATA.
    package var testsRelay = false
    /// A recipient here, for greylisting.
    package var recipient: String?
    package var transcript: Transcript?

    package init(trust: TLSTrust, token: ProbeToken) {
        self.trust = trust
        self.token = token
    }

    func offer(for endpoint: Endpoint) -> TLSOffer { TLSOffer(trust: trust, host: serverName ?? endpoint.host) }
}

/// How long each step may take, in milliseconds; over all of them stands the run's deadline.
package struct Patience: Sendable, Equatable {
    package var connect = 4_000
    /// A port that has said nothing for so long is asked what it is.
    package var silence = 2_500
    package var greeting = 8_500
    package var answer = 5_000
    package var handshake = 5_000
    package var whole = 10_000

    package init() {}

    /// `--patient`: as long as the slowest mail programs wait.
    package mutating func becomePatient() {
        (greeting, answer, whole) = (60_000, 30_000, 90_000)
    }
}
